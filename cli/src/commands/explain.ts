import type { Command } from 'commander';
import type { Operations } from '../../../client/src/generated.ts';
import { parseId } from '../arguments/ids.ts';
import { groupByRule, withCommand } from '../explanation.ts';
import { counted, withLocalTimes } from '../output/format.ts';
import { printable } from '../output/printable.ts';
import type { Screen } from '../output/screen.ts';
import { jobStatus } from '../output/styles.ts';
import { pad, wrap } from '../output/width.ts';
import { collect } from '../pages.ts';
import { openSession } from '../session.ts';

type Explanation = Omit<Operations['jobExplain']['output'], 'nextPageToken'>;

/** More than any farm has. */
const MOST_NODES = 20_000;
/** Names of a group beyond this say no more than their number does. */
const MOST_NAME_LINES = 6;
const WIDEST_TEXT = 120;

export function addExplain(program: Command): void {
  program
    .command('explain')
    .argument('<job>', 'id of a job', parseId)
    .summary('tell why a job is not running')
    .description(
      'Tells why a job is not running: the rules that keep it from every node, then the nodes by the first rule that keeps ' +
        'it from each.',
    )
    .action(async (id: number, _: object, command: Command) => {
      const { client, screen } = openSession(command);
      const { job } = await client.jobGet({ id });
      let first: Explanation | undefined;
      const { entries } = await collect(MOST_NODES, async (page) => {
        const { nextPageToken, ...answer } = await client.jobExplain({ id, ...page });
        first ??= answer;
        return { entries: answer.nodes, nextPageToken };
      });
      const explanation = { runs: first?.runs === true, job: first?.job ?? [], nodes: entries };
      screen.answer({
        json: () => explanation,
        text: () => {
          const status = jobStatus(job);
          const title = `Job ${id}, ${printable(job.name)}: ${screen.paint(status.style, status.text)}`;
          return [title, ...lines(id, explanation, job.runningCount, screen)];
        },
      });
    });
}

function lines(id: number, { runs, job, nodes }: Explanation, running: number, screen: Screen): string[] {
  const { paint } = screen;
  const width = Math.min(WIDEST_TEXT, screen.width());
  const rules = job.flatMap((rule) => hanging('  - ', ruleText(rule, `${id}`), width));
  return [
    verdict(runs, running, nodes),
    ...(rules.length === 0 ? [] : ['', paint('bold', 'What keeps it from every node'), ...rules]),
    '',
    paint('bold', nodes.length === 0 ? 'No node is registered.' : counted(nodes.length, 'node')),
    ...groupByRule(nodes).flatMap(({ rule, names }) => [
      ...hanging(
        `  ${pad(String(names.length), 4, 'right')}  `,
        rule === null
          ? paint('green', job.length === 0 ? 'may take its chunks' : 'would take its chunks')
          : ruleText(rule, 'NODE', `${id}`),
        width,
      ),
      ...nameLines(names, width).map((line) => paint('dim', `        ${line}`)),
    ]),
  ];
}

function verdict(runs: boolean, running: number, nodes: Explanation['nodes']): string {
  if (running > 0) return `It runs on ${counted(running, 'node')}.`;
  if (!runs) return 'It is not handed out.';
  return nodes.some(({ rule }) => rule === null)
    ? 'It is handed out as soon as a node asks.'
    : 'It could be handed out, but no node can take it now.';
}

const ruleText = (rule: string, subject: string, jobId = subject): string =>
  withCommand(withLocalTimes(printable(rule)), subject, jobId);

function nameLines(names: readonly string[], width: number): string[] {
  const words = names.map((name, index) => printable(name) + (index < names.length - 1 ? ',' : ''));
  const all = wrap(words, width - 8);
  if (all.length <= MOST_NAME_LINES) return all;
  return [...all.slice(0, MOST_NAME_LINES), '… --json has them all'];
}

/** A text behind a mark, its further lines below its first word. What stands in brackets is a command to copy: it is not broken. */
function hanging(mark: string, text: string, width: number): string[] {
  return wrap(text.match(/\([^)]*\)|\S+/g) ?? [], width - mark.length).map(
    (line, index) => (index === 0 ? mark : ' '.repeat(mark.length)) + line,
  );
}
