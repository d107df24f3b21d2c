/** The change feeds of the tables, followed by the projector and by what tells Consoles. */
import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type TableName, tableDefinition } from '../../shared/store/tables.ts';
import type { Stage } from '../stage.ts';
import { deadLetters } from './deadLetters.ts';
import type { DispatcherFunction } from './dispatcherFunction.ts';

export interface ChangeFeedProps {
  readonly stage: Stage;
  readonly tables: Readonly<Record<TableName, Table>>;
  readonly projector: DispatcherFunction;
  readonly consolePush: DispatcherFunction;
}

/** How a function follows a feed. */
interface Reading {
  readonly batchSize: number;
  /** How long changes are waited for before they are handed over together. */
  readonly maximumBatchingWindowInSeconds?: number;
}

/**
 * Everything but deletions by time to live, which concern nobody. Two patterns, of which one must fit: should the
 * second ever stop to match what has no identity, deletions by hand are lost and not the whole feed.
 */
const PATTERNS = [
  { eventName: ['INSERT', 'MODIFY'] },
  { eventName: ['REMOVE'], userIdentity: { principalId: [{ exists: false }] } },
];

export class ChangeFeed extends Construct {
  readonly dead: Queue;

  constructor(scope: Construct, id: string, { stage, tables, projector, consolePush }: ChangeFeedProps) {
    super(scope, id);
    this.dead = deadLetters(this, stage, 'feed');
    this.#follow(tables, projector, '', { batchSize: 100 });
    // Of a second's changes one message is made.
    this.#follow(tables, consolePush, 'push-', { batchSize: 5_000, maximumBatchingWindowInSeconds: 1 });
  }

  #follow(
    tables: ChangeFeedProps['tables'],
    reader: DispatcherFunction,
    idPrefix: string,
    reading: Reading,
  ): void {
    reader.allow({ actions: ['sqs:SendMessage'], resources: [this.dead.queueArn] });
    for (const [name, table] of Object.entries(tables) as [TableName, Table][]) {
      if (!tableDefinition(name).feed) continue;
      const { tableStreamArn } = table;
      if (tableStreamArn === undefined) throw new Error(`table ${name} has a feed and no stream`);
      reader.allow({
        actions: [
          'dynamodb:DescribeStream',
          'dynamodb:GetRecords',
          'dynamodb:GetShardIterator',
          'dynamodb:ListStreams',
        ],
        resources: [tableStreamArn],
      });
      const source = new CfnEventSourceMapping(this, `${idPrefix}${name}`, {
        functionName: reader.lambda.functionName,
        eventSourceArn: tableStreamArn,
        // The oldest there is: nothing may be left out between the making of the table and that of the mapping.
        startingPosition: 'TRIM_HORIZON',
        ...reading,
        parallelizationFactor: 1,
        bisectBatchOnFunctionError: true,
        functionResponseTypes: ['ReportBatchItemFailures'],
        maximumRetryAttempts: 5,
        // An hour before the stream forgets them: late records become dead letters, not nothing.
        maximumRecordAgeInSeconds: Duration.hours(23).toSeconds(),
        destinationConfig: { onFailure: { destination: this.dead.queueArn } },
        filterCriteria: { filters: PATTERNS.map((pattern) => ({ pattern: JSON.stringify(pattern) })) },
      });
      source.node.addDependency(reader.role);
    }
  }
}
