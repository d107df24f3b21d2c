/** The parts of `docs/cli.md` that are made from the code; the rest of the page is written by hand. */
import { exitCodes, exitMeanings } from '../../cli/src/exitCodes.ts';
import { commandsOf } from '../../cli/src/operations.ts';
import { table } from './docs.ts';

const parts: Readonly<Record<string, () => string>> = {
  operations: () =>
    table(
      ['operation', 'commands'],
      Object.entries(commandsOf).map(([operation, commands]) => [
        `\`${operation}\``,
        commands.map((command) => `\`${command}\``).join(' '),
      ]),
    ),
  'exit codes': () =>
    table(
      ['exit code', 'meaning'],
      Object.entries(exitMeanings).map(([name, meaning]) => [
        exitCodes[name as keyof typeof exitCodes],
        meaning,
      ]),
    ),
};

/** The page with its generated parts made anew. */
export function cliPage(page: string): string {
  return Object.entries(parts).reduce((text, [name, make]) => {
    const [start, end] = [`<!-- generated: ${name} -->`, '<!-- end -->'];
    const from = text.indexOf(start);
    const to = text.indexOf(end, from);
    if (from < 0 || to < 0) throw new Error(`docs/cli.md has no part ${start} … ${end}`);
    return `${text.slice(0, from + start.length)}\n\n${make()}\n\n${text.slice(to)}`;
  }, page);
}
