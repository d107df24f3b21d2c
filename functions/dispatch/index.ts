/** Dispatch queue → idle nodes × ready jobs → mailboxes; recalls and kills that reach many nodes. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { callNodes } from '../../shared/actions/callNodes.ts';
import { dispatchPass } from '../../shared/actions/dispatchPass.ts';
import { killOnJob, recallJob, SECOND_LOOK_SECONDS } from '../../shared/actions/killOnJob.ts';
import { wakeForScan } from '../../shared/actions/scanNodes.ts';
import { deliverToMany } from '../../shared/actions/sendCommand.ts';
import { stopOverridden } from '../../shared/actions/stopOverridden.ts';
import { type DispatchMessage, dispatchMessageSchema } from '../../shared/contract/queueMessages.ts';
import { handleMessages } from '../../shared/queues/handleMessages.ts';
import type { Context } from '../../shared/runtime/context.ts';

export const createHandler =
  (context: Context) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    handleMessages(event, dispatchMessageSchema(), context.logger, (message) => handle(context, message));

async function handle(context: Context, message: DispatchMessage): Promise<void> {
  const again = await run(context, message);
  if (again && 'pass' in message && message.pass === 1) {
    await context.dispatchQueue.send({ ...message, pass: 2 }, SECOND_LOOK_SECONDS);
  }
}

/** Does what the message asks; true if a second look may find more. */
async function run(context: Context, message: DispatchMessage): Promise<boolean> {
  switch (message.kind) {
    case 'match':
      return dispatchPass(context, message.trigger);
    case 'recall':
      await recallJob(context, message.jobId, message.generation);
      return true;
    case 'stop':
      await stopOverridden(context, message.nodeId, message.token);
      return false;
    case 'kill':
      await killOnJob(context, message.jobId, message.mode, message.before, { isSecondLook: true });
      return false;
    case 'command':
      await deliverToMany(context, message.nodeIds, message);
      return false;
    case 'wake':
      await wakeForScan(context, message.scanId);
      return false;
    case 'call':
      await callNodes(context, message.occasion, message.after);
      return false;
  }
}
