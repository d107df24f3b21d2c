/**
 * What wakes somebody up. Few, because each metric of an alarm is paid for, and ten of an account are free: only dead letters,
 * one metric a queue, are worth an eleventh. Each names its impact and its section of `docs/runbook.md`, which has the same
 * id. That Consoles hear late is no alarm of its own, which would be one more metric: they are late as a line of level error, which `errors-logged` counts, and no work waits.
 */
import { Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { nameIn, type Stage } from '../stage.ts';
import type { DispatcherFunction } from './dispatcherFunction.ts';

export interface AlarmsProps {
  readonly stage: Stage;
  readonly functions: readonly DispatcherFunction[];
  readonly projector: DispatcherFunction;
  readonly idling: DispatcherFunction;
  readonly dead: readonly Queue[];
  readonly api: HttpApi;
  /** Who is told. @default nobody; the alarms show in the console */
  readonly email?: string | undefined;
}

interface AlarmProps {
  readonly impact: string;
  readonly metric: IMetric;
  readonly threshold: number;
  /** Periods of the metric that must all be over the threshold. */
  readonly periods: number;
  /** @default the metric is at or above the threshold */
  readonly comparison?: ComparisonOperator;
  /** @default no data is no fault */
  readonly missing?: TreatMissingData;
}

const MINUTE = Duration.minutes(1);
const FIVE_MINUTES = Duration.minutes(5);

export class Alarms extends Construct {
  readonly #stage: Stage;
  readonly #topic: Topic;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { stage, functions, projector, idling, dead, api, email } = props;
    this.#stage = stage;
    this.#topic = new Topic(this, 'topic', { topicName: nameIn(stage, 'alarms'), enforceSSL: true });
    if (email !== undefined) this.#topic.addSubscription(new EmailSubscription(email));

    this.#alarm('dead-letters', {
      impact: 'Work was put aside after failing five times; it is not done until somebody sends it again.',
      metric: sum(
        dead.map((queue) => queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM })),
        FIVE_MINUTES,
      ),
      threshold: 1,
      periods: 1,
    });
    this.#alarm('feed-behind', {
      impact: 'Changes are followed late: idle nodes are not woken, dependent jobs and history wait.',
      metric: projector.lambda.metric('IteratorAge', { statistic: Stats.MAXIMUM, period: MINUTE }),
      threshold: 60_000,
      periods: 5,
    });
    this.#alarm('api-failing', {
      impact: 'People and nodes are refused by our fault; nodes keep rendering and repeat their reports.',
      metric: api.metricServerError({ statistic: Stats.SUM, period: FIVE_MINUTES }),
      threshold: 5,
      periods: 1,
    });
    this.#alarm('tick-missing', {
      impact: 'Nothing is repaired: chunks of dead nodes stay with them, delayed jobs do not start.',
      metric: new MathExpression({
        expression: 'FILL(started, 0) - FILL(failed, 0)',
        usingMetrics: {
          started: idling.lambda.metricInvocations({ statistic: Stats.SUM }),
          failed: idling.lambda.metricErrors({ statistic: Stats.SUM }),
        },
        period: FIVE_MINUTES,
        label: 'ticks that ended well',
      }),
      threshold: 1,
      periods: 1,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      missing: TreatMissingData.BREACHING,
    });
    this.#alarm('errors-logged', {
      impact: 'Something fails again and again; whether work stands still depends on the lines.',
      metric: this.#errorLines(functions),
      threshold: 3,
      periods: 3,
    });
    this.#alarm('throttled', {
      impact:
        'Functions of this account and region are refused for want of concurrency; everything slows down.',
      metric: new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Throttles',
        statistic: Stats.SUM,
        period: FIVE_MINUTES,
      }),
      threshold: 10,
      periods: 1,
    });
  }

  #alarm(id: string, { impact, metric, threshold, periods, comparison, missing }: AlarmProps): void {
    new Alarm(this, id, {
      alarmName: nameIn(this.#stage, id),
      alarmDescription: `${impact} What to do: docs/runbook.md#${id}`,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: missing ?? TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(this.#topic));
  }

  /** Counts the lines of level error in every log. A metric that has no lines to count is not paid for. */
  #errorLines(functions: readonly DispatcherFunction[]): Metric {
    const metric = { metricNamespace: 'Rollcall', metricName: nameIn(this.#stage, 'error-lines') };
    for (const { name, log } of functions) {
      new MetricFilter(this, `error-lines-${name}`, {
        logGroup: log,
        ...metric,
        // Ours are small, those of the platform capital.
        filterPattern: FilterPattern.any(
          FilterPattern.stringValue('$.level', '=', 'error'),
          FilterPattern.stringValue('$.level', '=', 'ERROR'),
        ),
        metricValue: '1',
      });
    }
    return new Metric({
      namespace: metric.metricNamespace,
      metricName: metric.metricName,
      statistic: Stats.SUM,
      period: FIVE_MINUTES,
    });
  }
}

function sum(metrics: readonly IMetric[], period: Duration): IMetric {
  const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
  return new MathExpression({ expression: Object.keys(usingMetrics).join(' + '), usingMetrics, period });
}
