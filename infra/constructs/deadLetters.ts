/** A queue for what failed too often, kept as long as SQS can, so that somebody can look and send it again. */
import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { nameIn, type Stage } from '../stage.ts';

export const deadLetters = (scope: Construct, stage: Stage, name: string, { isFifo = false } = {}): Queue =>
  new Queue(scope, `${name}-dead`, {
    queueName: nameIn(stage, isFifo ? `${name}-dead.fifo` : `${name}-dead`),
    ...(isFifo ? { fifo: true } : {}),
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
