import { chunkSetStatus } from '../../shared/contract/chunks.ts';
import {
  jobDelete,
  jobEdit,
  jobReinit,
  jobReparent,
  jobSubmit,
  jobUpdateStatus,
} from '../../shared/contract/jobs.ts';
import { invalidInput } from '../../shared/errors.ts';
import type { CallOperation } from './callOperation.ts';
import type { RestFunction } from './index.ts';
import { readJob } from './readJob.ts';
import { readIds, readNumber } from './readNumbers.ts';
import { isRecord } from './readRequest.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** What is done with each job that is named. */
const actions: Readonly<
  Record<string, (operate: CallOperation, id: number, parameters: Parameters) => Promise<unknown>>
> = {
  pause: (operate, id) => operate(jobEdit, { id, changes: { paused: true } }),
  resume: (operate, id) => operate(jobEdit, { id, changes: { paused: false } }),
  reinit: (operate, id) => operate(jobReinit, { id }),
  delete: (operate, id) => operate(jobDelete, { id }),
  update: (operate, id) => operate(jobUpdateStatus, { id }),
  priority: (operate, id, parameters) =>
    operate(jobEdit, { id, changes: { priority: required('priority', parameters) } }),
  reparent: (operate, id, parameters) =>
    operate(jobReparent, { id, newParentId: required('parentId', parameters) }),
  requeue: (operate, jobId, parameters) =>
    operate(chunkSetStatus, { jobId, chunkId: required('chunkId', parameters), status: 'queued' }),
};

export const queueActions: RestFunction = async ({ request: { parameters }, operate }) => {
  const name = String(parameters['name'] ?? '');
  if (name === 'submit') {
    const job = parameters['job'];
    if (!isRecord(job)) throw invalidInput('RequestData.job', 'is required: the job object');
    const { id, chunkCount } = await operate(jobSubmit, { job: readJob(job) });
    return { jobId: id, chunksCount: chunkCount };
  }
  const act = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (act === undefined)
    throw invalidInput('name', `must be one of submit, ${Object.keys(actions).join(', ')}`);
  const ids = readIds(parameters, ['jobId', 'jobIds', 'id', 'ids']);
  for (const id of ids) await act(operate, id, parameters);
  return { jobIds: ids };
};

function required(name: string, parameters: Parameters): number {
  const value = readNumber(name, parameters[name]);
  if (value === undefined) throw invalidInput(name, 'is required');
  return value;
}
