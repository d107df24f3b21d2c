/** A bill for people: the page of the documentation and what the command prints are the same text. */

import { functionSettings } from '../../infra/functions.ts';
import { PRICE_REGION, PRICES_OF, type Price, prices } from '../../infra/prices.ts';
import { table } from '../generate/docs.ts';
import { type Part, parts } from './amounts.ts';
import { durations, FEED_POLLS_PER_SECOND, FEED_SHARDS, LOG_BYTES, THUMBNAIL_BYTES } from './assumptions.ts';
import { type Bill, type ByPart, type CauseUse, sum, total } from './bill.ts';

/** The budgets of the design. */
export const budgets = {
  chunkWriteUnits: 7,
  chunkReadUnits: 4,
  millionChunkDollars: 8,
  idleWriteUnitsAnHour: 12,
  idleReceivesAnHour: 180,
  atRestDollars: 5,
} as const;

const inWords: ByPart<string> = {
  chunks: 'life of the chunks',
  logs: 'their logs',
  heartbeats: 'heartbeats',
  mailboxes: 'mailboxes',
  tick: 'tick',
};

const HOURS_A_MONTH = 730;

export function costPage(bill: Bill): string {
  const { question, run, chunkLife, chunkLifeInShortJobs: short } = bill;
  return [
    'By `npm run cost`, which answers for other farms too: `npm run cost -- --nodes 50 --chunks 20000 --seconds-per-chunk 300`.',
    `${number(question.chunks)} chunks of ${number(question.secondsPerChunk)} s on ${number(question.nodes)} nodes: **${money(run.total)}**, of which the chunks themselves ${money(total(run.dollars.chunks))}. They keep the nodes at work for ${number(run.hours, 1)} hours. List prices of ${PRICE_REGION} in US dollars, on demand, ${PRICES_OF}, without free tiers.`,
    '## The run, by service',
    byService(bill),
    `A million chunks by themselves: ${money(chunkLife.dollarsPerMillion)}. In jobs that have only one chunk for each node it is ${money(short.dollarsPerMillion)}, because each chunk is then of another job than the one before: that takes more writes, and a job has to be submitted and ended for every few of them.`,
    `No job of the run has thumbnails. If all had them, it would be ${money(bill.thumbnails.run)} more for the PUTs, and ${money(bill.thumbnails.month)} a month until they are deleted.`,
    '## Against the budgets',
    againstBudgets(bill),
    '## A node, an hour',
    table(
      ['for', 'idle', 'at work, beside its chunks'],
      [
        ...(['heartbeats', 'mailboxes', 'tick'] as const).map((part) => [
          inWords[part],
          fine(bill.nodeHour.idle[part]),
          fine(bill.nodeHour.busy[part]),
        ]),
        ['all', fine(hourly(bill.nodeHour.idle)), fine(hourly(bill.nodeHour.busy))],
      ],
    ),
    `An idle node is ${money(hourly(bill.nodeHour.idle) * HOURS_A_MONTH)} a month, one at work ${money(hourly(bill.nodeHour.busy) * HOURS_A_MONTH)} and its chunks.`,
    '## A month at rest',
    table(
      ['for', 'USD a month'],
      [
        ...bill.atRest.map(({ what, dollars }) => [what, money(dollars)]),
        ['all', money(sum(bill.atRest.map(({ dollars }) => dollars)))],
      ],
    ),
    `Nobody renders and no node is registered. Beside that, what the run left behind costs by the month until it is deleted: ${money(bill.keptMonth.tables)} for ${number(bill.keptMonth.bytesPerChunk)} bytes a chunk in the tables, their continuous backup included, and ${money(bill.keptMonth.logs)} for logs.`,
    '## What was counted',
    'Requests and units by what caused them, a chunk of a node at work:',
    causes(bill.busyPerChunk),
    'An hour of an idle node:',
    causes(bill.idlePerNodeHour),
    '`agent` is what nodes ask of their mailboxes themselves: each poll waits 20 s. Lost guards are writes that found the item changed; they are among the writes.',
    '## How it was counted',
    'The functions that deploy and the state machine of the agent ran in virtual time, without faults, on a table that counts units by the formulas of DynamoDB:',
    table(
      ['simulated', 'nodes', 'hours', 'jobs that ended', 'chunks that ended'],
      bill.simulated.map(({ what, options, seconds, jobs, chunks }) => [
        what,
        options.nodes,
        number(seconds / 3_600, 2),
        jobs,
        chunks,
      ]),
    ),
    'Counting began when the farm was full and the first job had ended; new jobs came as fast as old ones ended. What chunks cause grows with the chunks; heartbeats, polls of mailboxes and reads of the tick grow with the hours of nodes; calls of the tick with the hours of the farm. Reads are counted on the safe side: on a farm so small a function finds hardly anything that it read a second ago.',
    `Not simulated but worked out from the counted changes is how many of them share a call of the projector: Lambda looks ${FEED_POLLS_PER_SECOND} times a second into each of ${FEED_SHARDS} shards of a feed and calls it with what is there.`,
    '## What was assumed',
    `How long functions run cannot be counted without AWS. The run has ${money(run.assumed)} for it, ${percent(run.assumed / run.total)} of the total. Were all of them to take twice the time, the run would be ${money(run.total + run.assumed)}, and a million chunks by themselves ${money(chunkLife.dollarsPerMillionDoubled)}.`,
    table(
      ['function', 'memory', 'a call', 'and for each record or message in it'],
      Object.entries(durations).map(([name, { milliseconds, perMessage }]) => [
        `\`${name}\``,
        `${functionSettings[name as keyof typeof durations].memoryMegabytes} MB`,
        `${milliseconds} ms`,
        perMessage === 0 ? '' : `${perMessage} ms${name === 'idling' ? ', each node' : ''}`,
      ]),
    ),
    `The log of a chunk is taken to be ${number(LOG_BYTES)} bytes, a thumbnail ${number(THUMBNAIL_BYTES)}. Starts from cold are left out, and so is what people look at.`,
    '## Prices',
    table(
      ['service', 'USD', 'for a', 'source'],
      (Object.values(prices) as Price[]).map(({ service, dollars, per, units, source }) => [
        service,
        dollars === 0 ? 'nothing' : dollars,
        `${per === 1 ? '' : 'million '}${units}`,
        source,
      ]),
    ),
  ].join('\n\n');
}

function byService({ run }: Bill): string {
  const services = [...new Set(Object.values(prices).map(({ service }) => service))].filter((service) =>
    parts.some((part) => (run.dollars[part][service] ?? 0) > 0),
  );
  const row = (name: string, of: (part: Part) => number): string[] => [
    name,
    ...parts.map((part) => money(of(part))),
    money(sum(parts.map(of))),
  ];
  return table(
    ['service', ...parts.map((part) => inWords[part]), 'all'],
    [
      ...services.map((service) => row(service, (part) => run.dollars[part][service] ?? 0)),
      row('all', (part) => total(run.dollars[part])),
    ],
  );
}

function againstBudgets(bill: Bill): string {
  const { chunkLife, chunkLifeInShortJobs: short } = bill;
  const idle = (of: (use: CauseUse) => number): number => sum(bill.idlePerNodeHour.map(of));
  const atRest = sum(bill.atRest.map(({ dollars }) => dollars));
  const rows: [string, number, number][] = [
    ['writes of a chunk, W', chunkLife.writeUnits, budgets.chunkWriteUnits],
    ['reads of a chunk, R', chunkLife.readUnits, budgets.chunkReadUnits],
    ['a million chunks, USD', chunkLife.dollarsPerMillion, budgets.millionChunkDollars],
    ['the same in short jobs, USD', short.dollarsPerMillion, budgets.millionChunkDollars],
    ['an idle node, W an hour', idle(({ all }) => all.writeUnits), budgets.idleWriteUnitsAnHour],
    [
      'an idle node, receives an hour',
      idle(({ queueRequests }) => queueRequests['mailbox.receive'] ?? 0),
      budgets.idleReceivesAnHour,
    ],
    ['at rest, USD a month', atRest, budgets.atRestDollars],
  ];
  return table(
    ['what', 'counted', 'budget', ''],
    rows.map(([what, counted, most]) => [
      what,
      number(counted, 2),
      most,
      isWithin(counted, most) ? '' : 'above',
    ]),
  );
}

/** A heartbeat comes some per cent early or late, and so its count does. */
const isWithin = (counted: number, most: number): boolean => counted <= most * 1.01;

const causes = (uses: readonly CauseUse[]): string =>
  table(
    ['cause', 'part', 'calls', 'W', 'R', 'lost guards', 'changes in the feed', 'requests to queues'],
    uses.map(({ cause, part, calls, all, feedRecords, queueRequests }) => [
      `\`${cause}\``,
      inWords[part],
      number(calls, 3),
      number(all.writeUnits, 3),
      number(all.readUnits, 3),
      number(all.lostGuards, 3),
      number(feedRecords, 3),
      Object.entries(queueRequests)
        .map(([name, count]) => `${name} ${number(count, 3)}`)
        .join(', '),
    ]),
  );

const hourly = (dollars: ByPart<number>): number => sum(Object.values(dollars));

const number = (value: number, digits = 0): string =>
  value.toLocaleString('en', { maximumFractionDigits: digits });
const money = (dollars: number): string => dollars.toFixed(2);
const fine = (dollars: number): string => dollars.toFixed(6);
const percent = (share: number): string => `${Math.round(share * 100)} %`;
