/** Actions and movies of jobs on a real farm with a real agent. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { JobSubmission } from '../../client/src/generated.ts';
import { itWithPython } from '../python/runPython.ts';
import { realFarm, until, untilEnded } from '../support/realFarm.ts';
import { itWith } from '../support/renderers.ts';

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

  itWithPython('include one behind the job, in the folder and with the names of the job', async (t) => {
    const { client, folder, startAgent } = await realFarm(t);
    startAgent('alpha');
    const job = node('process.exit(1)', {
      endFrame: 1,
      attributes: { working_folder: { value: folder } },
      actions: {
        afterJob: { command: makes('ended', '<%= "%s %s" % (job.getName(), chunk) %>') },
      },
    });

    const { id } = await client.jobSubmit({ job });
    const ended = await untilEnded(client, id);
    const after = await until('it is submitted', () =>
      client.jobGet({ id: id + 1 }).then(
        () => untilEnded(client, id + 1),
        () => undefined,
      ),
    );

    assert.deepEqual(
      [ended.status, after.status, after.name],
      ['failed', 'completed', 'shot 010, after job'],
    );
    assert.equal(existsSync(join(folder, 'ended shot 010 None')), true);
  });

  itWith(
    ['ffmpeg', 'ffprobe'],
    'and the movie of its frames, which is made anew after a reinit',
    async (t) => {
      const { client, folder, startAgent } = await realFarm(t);
      startAgent('alpha');
      const movie = join(folder, 'dusk.mp4');
      const { id } = await client.jobSubmit({
        job: {
          name: 'dusk',
          templateId: 900,
          startFrame: 1,
          endFrame: 5,
          packetSize: 2,
          attributes: {
            scene: { value: join(import.meta.dirname, '../../templates/tracer/scenes/demo.json') },
            output: { value: join(folder, 'dusk.####.png') },
            width: { value: 32 },
            height: { value: 24 },
            samples: { value: 1 },
          },
          movie: { output: movie, frameRate: 10 },
        },
      });
      const made = async (jobId: number): Promise<string> => {
        const { status } = await until('the movie is submitted', () =>
          client.jobGet({ id: jobId }).then(
            () => untilEnded(client, jobId),
            () => undefined,
          ),
        );
        return status;
      };

      const first = await made(id + 1);
      const frames = execFileSync('ffprobe', [
        ...['-v', 'error', '-count_frames', '-show_entries', 'stream=nb_read_frames,r_frame_rate'],
        ...['-of', 'csv=p=0', movie],
      ]).toString();
      rmSync(movie);
      await client.jobReinit({ id });
      const second = await made(id + 2);

      assert.deepEqual([first, second, existsSync(movie)], ['completed', 'completed', true]);
      assert.equal(frames.trim(), '10/1,5');
    },
  );
});
