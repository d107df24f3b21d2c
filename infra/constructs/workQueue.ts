/** One of the dispatcher's own queues, with the queue of its dead letters and the function that works it off. */
import { Duration } from 'aws-cdk-lib';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { MAXIMUM_RECEIVES } from '../../shared/contract/queueMessages.ts';
import type { QueueName } from '../../shared/runtime/env.ts';
import { queueSettings } from '../queues.ts';
import { nameIn, type Stage } from '../stage.ts';
import { deadLetters } from './deadLetters.ts';
import type { DispatcherFunction } from './dispatcherFunction.ts';

export interface WorkQueueProps {
  readonly stage: Stage;
  readonly name: QueueName;
  readonly worker: DispatcherFunction;
}

export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly dead: Queue;

  constructor(scope: Construct, id: string, { stage, name, worker }: WorkQueueProps) {
    super(scope, id);
    const { visibilitySeconds, batchSize, concurrency, isFifo } = queueSettings[name];
    this.dead = deadLetters(this, stage, name, { isFifo });
    this.queue = new Queue(this, name, {
      queueName: nameIn(stage, isFifo ? `${name}.fifo` : name),
      ...(isFifo ? { fifo: true } : {}),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(visibilitySeconds),
      deadLetterQueue: { queue: this.dead, maxReceiveCount: MAXIMUM_RECEIVES },
    });
    worker.allow({
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      resources: [this.queue.queueArn],
    });
    // The mapping itself, not the construct above it, which grants more than is used.
    const source = new CfnEventSourceMapping(this, 'source', {
      functionName: worker.lambda.functionName,
      eventSourceArn: this.queue.queueArn,
      batchSize,
      functionResponseTypes: ['ReportBatchItemFailures'],
      scalingConfig: { maximumConcurrency: concurrency },
    });
    source.node.addDependency(worker.role);
  }
}
