/** Listens to the bus of the farm as a studio would: by a rule of its own, with a queue of its own. */
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { emulatorCredentials, emulatorRegion } from '../support/emulator.ts';

const QUEUE = 'studio';

export interface HeardEvent {
  readonly source: string;
  readonly type: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Gives the name of the queue to which all events go that fit the pattern. */
export async function listenToBus(endpoint: string, busName: string, pattern: object): Promise<string> {
  const settings = { endpoint, region: emulatorRegion, credentials: emulatorCredentials };
  const events = new EventBridgeClient(settings);
  const sqs = new SQSClient(settings);
  try {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: QUEUE }));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
    );
    const rule = { EventBusName: busName, Name: QUEUE };
    await events.send(new PutRuleCommand({ ...rule, EventPattern: JSON.stringify(pattern) }));
    await events.send(
      new PutTargetsCommand({
        EventBusName: busName,
        Rule: QUEUE,
        Targets: [{ Id: QUEUE, Arn: Attributes?.['QueueArn'] }],
      }),
    );
    return QUEUE;
  } finally {
    events.destroy();
    sqs.destroy();
  }
}

/** Reads a message that a rule has sent. */
export function heardEvent(body: string): HeardEvent {
  const { source, 'detail-type': type, detail } = JSON.parse(body);
  return { source, type, detail };
}
