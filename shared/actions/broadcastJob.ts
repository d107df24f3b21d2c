/** Submits a job that every node renders: a folder with a job for each node that fits now, which that one alone takes. */
import { chunkCount } from '../domain/chunking.ts';
import { classRule, type Requirements } from '../domain/matchClass.ts';
import { invalidInput } from '../errors.ts';
import type { JobSubmission } from '../model/job.ts';
import type { NodeItem } from '../model/node.ts';
import type { Context } from '../runtime/context.ts';
import { createFolder } from './createFolder.ts';
import { mapAtMost } from './mapAtMost.ts';
import { type Once, onceUnder } from './once.ts';
import { folderSpec, isMadeOrGone, makeJob, reserveJob } from './submitJob.ts';

/** API Gateway ends a request after 29 seconds; each job takes eight writes. */
const MOST_NODES = 1_000;
const AT_ONCE = 20;
/** Of a name that the node's is put behind; both together fit the name of a job. */
const NAME_CHARACTERS = 150;

/**
 * Answers with the folder's id and the chunks of all its jobs. A request that is cut off leaves the folder with some of
 * the jobs; when it comes again the others are made.
 */
export async function broadcastJob(
  context: Context,
  submission: JobSubmission,
  owner: string,
  once: Once,
  hookDepth: number,
): Promise<{ readonly id: number; readonly chunkCount: number }> {
  let fitting: Promise<readonly NodeItem[]> | undefined;
  const nodesFor = (asked: Requirements): Promise<readonly NodeItem[]> => {
    fitting ??= fittingNodes(context, asked);
    return fitting;
  };
  const check = async (fields: Requirements): Promise<void> => {
    const { length } = await nodesFor(fields);
    if (length >= 1 && length <= MOST_NODES) return;
    throw invalidInput(
      'job.includedPools',
      `must leave 1 to ${MOST_NODES} nodes with packetType broadcast; ${length} of the farm fit`,
    );
  };
  const { spec, isMade } = await reserveJob(context, submission, owner, once, hookDepth, check);
  const nodes = await nodesFor(spec);
  const answer = { id: spec.id, chunkCount: chunkCount(spec) * nodes.length };
  // A folder that was made and deleted since does not come back.
  if (isMade && !(await isFolder(context, spec.id))) return answer;
  await createFolder(context, folderSpec(spec));
  await mapAtMost(AT_ONCE, nodes, async ({ id: nodeId, name }) => {
    const { value, isRepeat } = await onceUnder(context, `broadcast:${spec.id}:${nodeId}`).reserve(
      async () => ({ id: await context.ids.next('job') }),
    );
    if (isRepeat && (await isMadeOrGone(context, value.id))) return;
    const ofNode = {
      ...spec,
      id: value.id,
      parentId: spec.id,
      name: `${spec.name.slice(0, NAME_CHARACTERS)} on ${name}`,
      includedPools: [name],
      excludedPools: [],
    };
    await makeJob(context, ofNode, submission.paused);
  });
  return answer;
}

async function fittingNodes(context: Context, asked: Requirements): Promise<readonly NodeItem[]> {
  const nodes = await context.nodes.all({ consistent: true });
  return nodes.filter((node) => classRule(node, null, asked) === undefined);
}

const isFolder = async (context: Context, id: number): Promise<boolean> =>
  (await context.jobs.findState(id, { consistent: true }))?.status === 'folder';
