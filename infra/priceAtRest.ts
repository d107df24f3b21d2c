/** What a month costs in which nobody renders and no node is registered. */
import { priceOf, prices } from './prices.ts';

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
  const polls = polledQueues * POLLS_PER_MINUTE * MINUTES;
  const gigabyteSeconds = MINUTES * TICK_SECONDS * (tickMegabytes / 1_024);
  const reads = MINUTES * TICK_READ_UNITS;
  return [
    {
      what: 'alarms',
      sum: `${alarmMetrics} metrics × ${prices.alarmMetric.dollars}`,
      dollars: priceOf('alarmMetric', alarmMetrics),
    },
    {
      what: 'polling of queues',
      sum: `${polledQueues} queues × ${POLLS_PER_MINUTE} a minute × ${MINUTES} minutes = ${(polls / 1e6).toFixed(2)} million × ${prices.queueRequest.dollars}`,
      dollars: priceOf('queueRequest', polls),
    },
    {
      what: 'time of ticks',
      sum: `${MINUTES} × ${TICK_SECONDS} s × ${tickMegabytes} MB = ${gigabyteSeconds.toFixed(0)} GB-s × ${prices.functionTime.dollars}`,
      dollars: priceOf('functionTime', gigabyteSeconds),
    },
    {
      what: 'calls of ticks',
      sum: `${(MINUTES / 1e6).toFixed(4)} million × ${prices.functionCall.dollars}`,
      dollars: priceOf('functionCall', MINUTES),
    },
    {
      what: 'reads of ticks',
      sum: `${MINUTES} × ${TICK_READ_UNITS} R = ${(reads / 1e6).toFixed(4)} million × ${prices.readUnit.dollars}`,
      dollars: priceOf('readUnit', reads),
    },
  ];
}
