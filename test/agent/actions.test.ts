/** Actions of jobs on a real farm with a real agent. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { JobSubmission } from '../../client/src/generated.ts';
import { itWithPython } from '../python/runPython.ts';
import { realFarm, untilEnded } from '../support/realFarm.ts';

/** A command line that makes a file whose name is its arguments. */
const makes = (...words: string[]): string =>
  JSON.stringify([
    process.execPath,
    '--eval',
    'require("fs").writeFileSync(process.argv.slice(1).join(" "), "", { flag: "a" })',
    ...words,
  ]);
const node = (script: string, change: Partial<JobSubmission> = {}): JobSubmission => ({
  name: 'shot 010',
  templateId: 43,
  startFrame: 1,
  endFrame: 3,
  maximumChunksRequeue: 0,
  ...change,
  attributes: {
    command: { value: process.execPath },
    arguments: { value: JSON.stringify(['--eval', script]) },
    ...change.attributes,
  },
});

describe('the actions of a job', { concurrency: 2, timeout: 120_000 }, () => {
  itWithPython('run on the node, the one before the job once, with inline Python', async (t) => {
    const { client, folder, startAgent } = await realFarm(t);
    startAgent('alpha');
    const job = node('', {
      attributes: { working_folder: { value: folder } },
      actions: {
        beforeJob: { command: makes('job', '<%= job.getName() %>') },
        beforeChunk: { command: makes('before', '<%= "%.0f" % chunk.getStartFrame() %>') },
        afterChunk: { command: makes('after', '<% muster.expressionPrint("%d" % chunk.getChunkId()) %>') },
      },
    });

    const { id } = await client.jobSubmit({ job });
    const ended = await untilEnded(client, id);

    assert.equal(ended.status, 'completed', (await client.chunkGet({ jobId: id, chunkId: 1 })).chunk.message);
    const made = readdirSync(folder).filter((name) => /^(job|before|after) /.test(name));
    assert.deepEqual(made.sort(), [
      'after 1',
      'after 2',
      'after 3',
      'before 1',
      'before 2',
      'before 3',
      'job shot 010',
    ]);
  });

  it('fail the chunk that they belong to, by name', async (t) => {
    const { client, folder, startAgent } = await realFarm(t);
    startAgent('alpha');
    const made = join(folder, 'made');
    const job = node(`require("fs").writeFileSync(${JSON.stringify(made)}, "")`, {
      endFrame: 1,
      actions: { beforeJob: { command: JSON.stringify([process.execPath, '--eval', 'process.exit(5)']) } },
    });

    const { id } = await client.jobSubmit({ job });
    const ended = await untilEnded(client, id);

    const { chunk } = await client.chunkGet({ jobId: id, chunkId: 1 });
    assert.equal(ended.status, 'failed');
    assert.equal(chunk.message, 'the before-job action ended with exit code 5');
    assert.equal(existsSync(made), false);
  });
});
