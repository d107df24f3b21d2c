/** The curves and limits for people. */
import { availableParallelism, cpus } from 'node:os';
import { priceOf } from '../../infra/prices.ts';
import { queueSettings } from '../../infra/queues.ts';
import { durations } from '../cost/assumptions.ts';
import { table } from '../generate/docs.ts';
import type { Curves, Point } from './curves.ts';
import { type Limit, nodesAt } from './limits.ts';

export interface Scale {
  readonly machine: string;
  readonly curves: Curves;
  readonly secondsPerChunk: number;
  readonly limits: readonly Limit[];
}

export const thisMachine = (): string =>
  `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, Node.js ${process.version}`;

const against = {
  backlog: 'chunks of the job',
  nodes: 'nodes at work',
  jobs: 'ready jobs',
  classes: 'different demands on nodes',
} as const;

const measures = {
  submit: 'submit',
  claim: 'claim, cold',
  chunk: 'life of a chunk',
  heartbeat: 'heartbeat',
  tick: 'tick',
} as const satisfies Partial<Record<keyof Point, string>>;

/** Of the others there is one call, whose time says little. */
const timed: readonly string[] = ['claim', 'chunk', 'tick'];

const dispatchesPerSecond = (queueSettings.dispatch.concurrency * 1_000) / durations.dispatch.perMessage;

const TICKS_A_MONTH = 730 * 60;

const SCALES = [10, 100, 1_000, 10_000, 50_000] as const;

export function scalePage({ machine, curves, secondsPerChunk, limits }: Scale): string {
  return [
    '# Scale',
    `By \`npm run -s scale > docs/scale.md\`. Units are counted on the embedded store with the functions that deploy, and are the same everywhere; times are those of ${machine}, over HTTP on loopback, and say only whether something grows. Large farms are written into the tables, not played through. W and R are write and read request units.`,
    ...(Object.keys(against) as (keyof typeof against)[]).flatMap((name) => [
      `## Against ${against[name]}`,
      verdict(curves[name]),
      curve(against[name], curves[name]),
      reasons[name](curves[name]),
    ]),
    '## A job for idle nodes',
    'A job is submitted to a farm that idles. A pass of the dispatch queue runs at once, a second after 5 s, then one a minute; each looks at the nodes 512 at a time, those that have been idle for longest first, until work or nodes run out or 15 s are over. The last column is a node which alone fits a job, behind nodes that have been idle for longer and do not: when it gets its chunk.',
    table(
      [
        'idle nodes',
        'woken by the passes',
        'W a node',
        'R a node',
        'ms a node',
        'until all work',
        'behind nodes that do not fit',
      ],
      curves.wakeUp.map(({ nodes, woken, perNode, secondsForAll, secondsBehindUnfit }) => [
        number(nodes),
        woken.join(', '),
        number(perNode.writeUnits),
        number(perNode.readUnits),
        number(perNode.milliseconds),
        duration(secondsForAll),
        secondsBehindUnfit === undefined ? 'not in 3 minutes' : duration(secondsBehindUnfit),
      ]),
    ),
    '## Limits of AWS',
    `What nodes ask for that render chunks of ${secondsPerChunk} s each, as the simulation of \`npm run cost\` counts it, against what AWS gives. Shorter chunks bring the limits nearer in proportion. Times of functions are the assumptions of [cost](cost.md#what-was-assumed).`,
    table(
      [
        'limit',
        'most a second',
        'a node',
        'reached at',
        ...SCALES.map((nodes) => `${number(nodes)} nodes`),
        'what then',
      ],
      limits.map((limit) => [
        limit.what,
        `${number(limit.most)} ${limit.unit}`,
        limit.perNode.toPrecision(2),
        `${number(Number(nodesAt(limit).toPrecision(2)))} nodes`,
        ...SCALES.map((nodes) => percent((nodes * limit.perNode) / limit.most)),
        limit.answer,
      ]),
    ),
    table(
      ['nodes at work', 'nearest limit'],
      SCALES.map((nodes) => [number(nodes), nearest(limits, nodes)]),
    ),
    `Nodes that fall idle all at once, as at the end of the last job, are two messages each in the dispatch queue: work is looked for at once and again after 5 s. ${queueSettings.dispatch.concurrency} functions handle ${number(dispatchesPerSecond, 0)} a second together, by the times that are assumed, so 10,000 nodes keep them busy for ${duration(20_000 / dispatchesPerSecond)}, and a job that comes meanwhile has its turn behind them.`,
    'Limits that come in a burst and not with work: a node that registers is a write of one counter and of one index partition (`online`), so 1,000 can a second; nodes that join one job are a write each of one partition of the index `working`, 1,000 a second too. Both push back, and agents repeat with longer and longer pauses. Each node has a mailbox of its own, a FIFO queue that takes 300 requests a second and sees one in 20 s; hooks share one such queue and are one message for each transition of a job.',
  ].join('\n\n');
}

/** Why a curve is as it is. */
const reasons: { readonly [Name in keyof typeof against]: (points: readonly Point[]) => string } = {
  backlog: () => 'A chunk is computed until somebody touches it, so a job is two items whatever its length.',
  nodes: (points) =>
    `The tick reads the state of each node that is not offline, once a minute: ${tickPrice(points, 'nodes')}.`,
  jobs: (points) =>
    `The tick reads the state of each job that has not ended, once a minute: ${tickPrice(points, 'jobs')}. Claims read the first eight.`,
  classes: () =>
    'Jobs that ask the same of a node stand in one line. A node that looks for work reads the head of each line that it fits, half a unit each, unless the function did within the last second, and a line is looked at until 8 days after its last job.',
};

function tickPrice(points: readonly Point[], what: string): string {
  const last = points.at(-1);
  if (last === undefined) throw new RangeError('a curve has points');
  const dollars = priceOf('readUnit', last.tick.readUnits * TICKS_A_MONTH);
  return `for ${number(last.size)} ${what} that is ${number(dollars, 0)} USD in a month of it`;
}

function curve(what: string, points: readonly Point[]): string {
  const names = Object.keys(measures) as (keyof typeof measures)[];
  return table(
    [
      what,
      ...names.flatMap((name) => [`${measures[name]}: W`, 'R', ...(timed.includes(name) ? ['ms'] : [])]),
    ],
    points.map((point) => [
      number(point.size),
      ...names.flatMap((name) => [
        number(point[name].writeUnits),
        number(point[name].readUnits),
        ...(timed.includes(name) ? [number(point[name].milliseconds, 1)] : []),
      ]),
    ]),
  );
}

/** What grows from the first point to the last; a tenth is taken for noise of no consequence. */
export function growing(points: readonly Point[]): string[] {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return [];
  return (Object.keys(measures) as (keyof typeof measures)[]).flatMap((name) =>
    (['writeUnits', 'readUnits'] as const).flatMap((unit) => {
      const [from, to] = [first[name][unit], last[name][unit]];
      const letter = unit === 'writeUnits' ? 'W' : 'R';
      return to > from * 1.1 ? [`${measures[name]} from ${number(from)} to ${number(to)} ${letter}`] : [];
    }),
  );
}

function verdict(points: readonly Point[]): string {
  const grows = growing(points);
  return grows.length === 0 ? 'Flat in every unit.' : `Grows: ${grows.join(', ')}. The rest is flat.`;
}

function nearest(limits: readonly Limit[], nodes: number): string {
  const reached = limits.filter((limit) => nodesAt(limit) <= nodes);
  if (reached.length > 0) return `reached: ${reached.map(({ what }) => what).join('; ')}`;
  const [first] = limits;
  return first === undefined
    ? ''
    : `none reached; ${first.what}: ${percent((nodes * first.perNode) / first.most)}`;
}

const number = (value: number, digits = 2): string =>
  value.toLocaleString('en', { maximumFractionDigits: digits });
const percent = (share: number): string => `${number(share * 100, share < 0.1 ? 1 : 0)} %`;
const duration = (seconds: number): string => {
  if (seconds === 0) return 'at once';
  return seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
};
