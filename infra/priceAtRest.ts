/**
 * What a month costs in which nobody renders and no node is registered, by list prices of us-east-1 in November 2026
 * and without the free tiers, which most of it falls under.
 */
const PRICES = {
  alarmMetric: 0.1,
  millionQueueRequests: 0.4,
  millionCalls: 0.2,
  /** On arm64. */
  gigabyteSecond: 0.0000133334,
  millionReadUnits: 0.125,
} as const;

const MINUTES = 730 * 60;
/** Lambda polls a queue five times at once and waits up to 20 s for an answer. */
const POLLS_PER_MINUTE = 5 * 3;
/** Counted by the budgets: docs/budgets.md. */
const TICK_READ_UNITS = 2;
/** Generous: a tick that finds nothing takes three reads. */
const TICK_SECONDS = 0.3;

export interface AtRest {
  readonly alarmMetrics: number;
  readonly polledQueues: number;
  readonly tickMegabytes: number;
}

export interface Post {
  readonly what: string;
  readonly sum: string;
  readonly dollars: number;
}

export function priceAtRest({ alarmMetrics, polledQueues, tickMegabytes }: AtRest): readonly Post[] {
  const polls = (polledQueues * POLLS_PER_MINUTE * MINUTES) / 1e6;
  const calls = MINUTES / 1e6;
  const gigabyteSeconds = MINUTES * TICK_SECONDS * (tickMegabytes / 1_024);
  const reads = (MINUTES * TICK_READ_UNITS) / 1e6;
  return [
    {
      what: 'alarms',
      sum: `${alarmMetrics} metrics × ${PRICES.alarmMetric}`,
      dollars: alarmMetrics * PRICES.alarmMetric,
    },
    {
      what: 'polling of queues',
      sum: `${polledQueues} queues × ${POLLS_PER_MINUTE} a minute × ${MINUTES} minutes = ${polls.toFixed(2)} million × ${PRICES.millionQueueRequests}`,
      dollars: polls * PRICES.millionQueueRequests,
    },
    {
      what: 'time of ticks',
      sum: `${MINUTES} × ${TICK_SECONDS} s × ${tickMegabytes} MB = ${gigabyteSeconds.toFixed(0)} GB-s × ${PRICES.gigabyteSecond}`,
      dollars: gigabyteSeconds * PRICES.gigabyteSecond,
    },
    {
      what: 'calls of ticks',
      sum: `${calls.toFixed(4)} million × ${PRICES.millionCalls}`,
      dollars: calls * PRICES.millionCalls,
    },
    {
      what: 'reads of ticks',
      sum: `${MINUTES} × ${TICK_READ_UNITS} R = ${reads.toFixed(4)} million × ${PRICES.millionReadUnits}`,
      dollars: reads * PRICES.millionReadUnits,
    },
  ];
}
