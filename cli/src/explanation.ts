/** What jobExplain says, put so that it can be read and acted on from here. */
import type { Operations } from '../../client/src/generated.ts';

type ExplainedNode = Operations['jobExplain']['output']['nodes'][number];

export interface RuleGroup {
  /** Null: no rule keeps the job from these nodes. */
  readonly rule: string | null;
  readonly names: readonly string[];
}

/** Nodes by the rule that keeps the job from them: those that may take it first, then the largest group. */
export function groupByRule(nodes: readonly ExplainedNode[]): RuleGroup[] {
  const groups = new Map<string | null, string[]>();
  for (const { name, rule } of nodes) {
    const key = rule === null ? null : generalRule(rule);
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  return [...groups]
    .map(([rule, names]) => ({ rule, names }))
    .sort((a, b) => Number(b.rule === null) - Number(a.rule === null) || b.names.length - a.names.length);
}

/** Nodes at work on the same job belong together, whichever chunk each has. */
const generalRule = (rule: string): string => rule.replace(/^works on chunk \d+ of job/, 'works on job');

/** The dispatcher names its own operations; here the commands that call them help more. */
const commands: Readonly<Record<string, (subject: string, jobId: string, rule: string) => string>> = {
  jobEdit: (subject) => `rollcall resume ${subject}`,
  nodeResume: (subject) => `rollcall nodes resume ${subject}`,
  nodePurgeJobsExclusions: (subject, jobId) => `rollcall nodes readmit ${subject} --job ${jobId}`,
  nodePurgeTemplatesExclusion: (subject, _, rule) =>
    `rollcall nodes readmit ${subject} --template ${/template (\d+)/.exec(rule)?.[1] ?? 'ID'}`,
  systemSwapEngineStatus: () => 'rollcall engine start',
};

/** A rule with the command that lifts it, if there is one. */
export function withCommand(rule: string, subject: string, jobId = subject): string {
  const match = /^(.*); (\w+)\b[^;]*$/.exec(rule);
  const command = commands[match?.[2] ?? ''];
  return match === null || command === undefined ? rule : `${match[1]} (${command(subject, jobId, rule)})`;
}
