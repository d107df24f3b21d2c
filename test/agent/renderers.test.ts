import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext } from 'node:test';
import { PNG } from 'pngjs';
import type { Client } from '../../client/src/client.ts';
import type { JobSubmission } from '../../client/src/generated.ts';
import { realFarm, until, untilEnded } from '../support/realFarm.ts';
import { itWith } from '../support/renderers.ts';

/** The background's grey is the clock, so that a frame shows which one it is; the ball is in a file of its own. */
const scene = `#version 3.7;
global_settings { assumed_gamma srgb }
#include "parts/ball.inc"
camera { orthographic location -5*z up 3*y right 4*x look_at 0 }
light_source { <3, 3, -5> rgb 1 }
plane { -z, -10 pigment { rgb clock } finish { ambient 1 diffuse 0 } }
ball
`;
const ball = `#declare ball = sphere { 0, 1 pigment { rgb <1, 0.2, 0.1> } finish { ambient 0.2 diffuse 0.8 } }
`;

/** A farm with two agents, a scene in a folder with a blank in its name, and a folder for what is rendered. */
async function studio(t: TestContext) {
  const { client, folder, startAgent } = await realFarm(t);
  const jobs = join(folder, 'shot 10');
  const out = join(folder, 'out put');
  mkdirSync(join(jobs, 'parts'), { recursive: true });
  mkdirSync(out);
  writeFileSync(join(jobs, 'scene.pov'), scene);
  writeFileSync(join(jobs, 'parts', 'ball.inc'), ball);
  startAgent('alpha');
  startAgent('beta');
  const frames = (change: Partial<JobSubmission> = {}, output = 'frame.####.png'): JobSubmission => ({
    name: 'frames',
    templateId: 901,
    startFrame: 1,
    endFrame: 6,
    packetSize: 4,
    maximumChunksRequeue: 0,
    ...change,
    attributes: {
      job_file: { value: join(jobs, 'scene.pov') },
      output: { value: join(out, output) },
      width: { value: 64 },
      height: { value: 48 },
      ...change.attributes,
    },
  });
  const movie = (change: Partial<JobSubmission> = {}): JobSubmission => ({
    name: 'movie',
    templateId: 48,
    startFrame: 1,
    endFrame: 6,
    packetSize: 6,
    maximumChunksRequeue: 0,
    ...change,
    attributes: {
      input: { value: join(out, 'frame.####.png') },
      output: { value: join(out, 'movie.mp4') },
      frame_rate: { value: 12 },
      ...change.attributes,
    },
  });
  return { client, jobs, out, frames, movie };
}

const readImage = (path: string): PNG => PNG.sync.read(readFileSync(path));

/** Red, green and blue of a pixel. */
const pixel = ({ data, width }: PNG, x: number, y: number): number[] => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3),
];

/** Rows of a picture as bytes. */
const rows = ({ data, width }: PNG, first: number, end: number): Buffer =>
  data.subarray(first * width * 4, end * width * 4);

function probe(movie: string): unknown {
  const shown = 'stream=codec_name,width,height,pix_fmt,r_frame_rate,nb_read_frames';
  const options = ['-v', 'error', '-count_frames', '-show_entries', shown, '-of', 'json'];
  const { streams } = JSON.parse(execFileSync('ffprobe', [...options, movie], { encoding: 'utf8' }));
  return streams;
}

/** The output of a job's first chunk, once it is there. */
const logOf = (client: Client, jobId: number): Promise<string> =>
  until('the log is there', async () => {
    const link = await client.chunkGetLog({ jobId, chunkId: 1 }).catch(() => undefined);
    return link === undefined ? undefined : (await fetch(link.url)).text();
  });

describe('real renderers on a farm with real agents', { concurrency: 2 }, () => {
  itWith(
    ['povray', 'ffmpeg', 'ffprobe'],
    'frames of POV-Ray become a movie of FFmpeg, in a job that waits for them',
    async (t) => {
      const { client, out, frames, movie } = await studio(t);

      const { id: framesId } = await client.jobSubmit({ job: frames() });
      const { id: movieId } = await client.jobSubmit({ job: movie({ dependIds: [framesId] }) });
      const waiting = await client.jobGet({ id: movieId });
      const rendered = await untilEnded(client, framesId);
      assert.deepEqual([rendered.status, rendered.counts.completed], ['completed', 2]);
      const assembled = await untilEnded(client, movieId);

      assert.equal(waiting.job.status, 'waiting');
      assert.deepEqual([assembled.status, assembled.counts.completed], ['completed', 1]);
      assert.ok(Date.parse(assembled.startedAt ?? '') >= Date.parse(rendered.endedAt ?? ''));
      assert.deepEqual(readdirSync(out).sort(), [
        'frame.0001.png',
        'frame.0002.png',
        'frame.0003.png',
        'frame.0004.png',
        'frame.0005.png',
        'frame.0006.png',
        'movie.mp4',
      ]);
      const images = [1, 2, 3, 4, 5, 6].map((frame) => readImage(join(out, `frame.000${frame}.png`)));
      assert.deepEqual(
        images.map((image) => [image.width, image.height, pixel(image, 0, 0)]),
        [0, 51, 102, 153, 204, 255].map((grey) => [64, 48, [grey, grey, grey]]),
      );
      assert.deepEqual(probe(join(out, 'movie.mp4')), [
        {
          codec_name: 'h264',
          width: 64,
          height: 48,
          pix_fmt: 'yuv420p',
          r_frame_rate: '12/1',
          nb_read_frames: '6',
        },
      ]);
    },
  );

  itWith(
    ['povray', 'ffmpeg', 'ffprobe'],
    'a frame that comes out cut off is found, its chunk alone is rendered again, and the movie has every frame',
    async (t) => {
      const { client, folder, startAgent } = await realFarm(t);
      const out = join(folder, 'out');
      const bin = join(folder, 'bin');
      mkdirSync(out);
      mkdirSync(bin);
      writeFileSync(join(folder, 'scene.pov'), scene.replace('#include "parts/ball.inc"', ball));
      // POV-Ray itself, of whose third frame the disk loses the end, once.
      writeFileSync(
        join(bin, 'povray'),
        `#!/bin/sh
povray=$(PATH=\${PATH#*:} command -v povray)
"$povray" "$@" || exit $?
if [ ! -e ${folder}/lost ] && [ -e ${out}/frame.0003.png ]; then
  truncate -s -60 ${out}/frame.0003.png && touch ${folder}/lost
fi
`,
        { mode: 0o755 },
      );
      startAgent('alpha', { within: ['env', `PATH=${bin}:${process.env['PATH']}`] });

      const { id: framesId } = await client.jobSubmit({
        job: {
          name: 'frames',
          templateId: 901,
          startFrame: 1,
          endFrame: 6,
          packetSize: 2,
          frameCheck: { width: 64, height: 48 },
          attributes: {
            job_file: { value: join(folder, 'scene.pov') },
            output: { value: join(out, 'frame.####.png') },
            width: { value: 64 },
            height: { value: 48 },
          },
        },
      });
      const { id: movieId } = await client.jobSubmit({
        job: {
          name: 'movie',
          templateId: 48,
          startFrame: 1,
          endFrame: 6,
          packetSize: 6,
          dependIds: [framesId],
          frameCheck: { minimumBytes: 500, decodes: false },
          attributes: {
            input: { value: join(out, 'frame.####.png') },
            output: { value: join(out, 'movie.mp4') },
          },
        },
      });
      assert.equal((await untilEnded(client, framesId)).status, 'completed');
      assert.equal((await untilEnded(client, movieId)).status, 'completed');

      const { attempts } = await client.chunkGetHistory({ jobId: framesId });
      // A node that has just claimed a chunk by itself gives one back that was pushed to it at the same moment.
      const ended = attempts.filter(({ outcome }) => outcome !== 'interrupted');
      assert.deepEqual(ended.map(({ chunkId, outcome }) => `${chunkId} ${outcome}`).sort(), [
        '1 completed',
        '2 completed',
        '2 failed',
        '3 completed',
      ]);
      const failure = attempts.find(({ outcome }) => outcome === 'failed')?.message ?? '';
      assert.match(failure, /frame\.0003\.png is cut off: it has \d+ bytes and speaks of byte \d+$/);
      const [stream] = probe(join(out, 'movie.mp4')) as { nb_read_frames: string }[];
      assert.equal(stream?.nb_read_frames, '6');
    },
  );

  itWith(
    ['povray', 'ffmpeg', 'ffprobe'],
    'a thumbnail shows the last frame of its chunk, and of a movie the last one',
    async (t) => {
      const { client, out, frames, movie } = await studio(t);
      const large = { width: { value: 640 }, height: { value: 480 } };

      const { id: framesId } = await client.jobSubmit({
        job: frames({ thumbnails: true, attributes: large }),
      });
      assert.equal((await untilEnded(client, framesId)).status, 'completed');
      const { id: movieId } = await client.jobSubmit({ job: movie({ thumbnails: true }) });
      assert.equal((await untilEnded(client, movieId)).status, 'completed');

      const show = async (jobId: number, chunkId: number): Promise<PNG> => {
        const { url } = await until('the picture is there', () =>
          client.chunkGetThumbnail({ jobId, chunkId }).catch(() => undefined),
        );
        const jpeg = join(out, `${jobId}-${chunkId}.jpg`);
        writeFileSync(jpeg, await (await fetch(url)).bytes());
        execFileSync('ffmpeg', ['-v', 'error', '-i', jpeg, `${jpeg}.png`]);
        return readImage(`${jpeg}.png`);
      };
      const seen = [await show(framesId, 1), await show(framesId, 2), await show(movieId, 1)];
      assert.deepEqual(
        seen.map(({ width, height }) => [width, height]),
        [
          [320, 240],
          [320, 240],
          [320, 240],
        ],
      );
      // The grey of frames 4, 6 and 6.
      for (const [index, grey] of [153, 255, 255].entries()) {
        const [red = 0] = pixel(seen[index] as PNG, 8, 8);
        assert.ok(Math.abs(red - grey) <= 4, `${red} instead of ${grey}`);
      }
    },
  );

  itWith(['povray'], 'slices of POV-Ray put together are the whole frame, and steps are kept', async (t) => {
    const { client, out, frames } = await studio(t);

    const whole = await client.jobSubmit({ job: frames({ byFrame: 2, endFrame: 5, packetSize: 2 }) });
    const sliced = await client.jobSubmit({
      job: frames({ startFrame: 1, endFrame: 5, byFrame: 4, packetType: 'image-slices', imageSlices: 3 }),
    });
    const ended = [await untilEnded(client, whole.id), await untilEnded(client, sliced.id)];

    assert.deepEqual(
      ended.map(({ status, counts }) => [status, counts.completed]),
      [
        ['completed', 2],
        ['completed', 6],
      ],
    );
    assert.deepEqual(readdirSync(out).sort(), [
      'frame.0001.png',
      'frame.0003.png',
      'frame.0005.png',
      ...[0, 1, 2].flatMap((slice) => [`frame.slice0${slice}.0001.png`, `frame.slice0${slice}.0005.png`]),
    ]);
    for (const frame of ['0001', '0005']) {
      const image = readImage(join(out, `frame.${frame}.png`));
      const bands = [0, 1, 2].map((slice) =>
        rows(readImage(join(out, `frame.slice0${slice}.${frame}.png`)), slice * 16, slice * 16 + 16),
      );
      assert.ok(Buffer.concat(bands).equals(rows(image, 0, 48)));
      assert.notDeepEqual(pixel(image, 32, 24), pixel(image, 0, 0));
    }
    assert.deepEqual(pixel(readImage(join(out, 'frame.0003.png')), 0, 0), [128, 128, 128]);
  });

  itWith(['povray'], "a broken scene fails with POV-Ray's message in the chunk and in its log", async (t) => {
    const { client, jobs, frames } = await studio(t);
    writeFileSync(
      join(jobs, 'broken.pov'),
      '#version 3.7;\nsphere { 0, 1 pigment { color NoSuchColour } }\n',
    );

    const { id } = await client.jobSubmit({
      job: frames({ attributes: { job_file: { value: join(jobs, 'broken.pov') } } }),
    });
    const job = await untilEnded(client, id);
    const { chunk } = await client.chunkGet({ jobId: id, chunkId: 1 });
    const log = await logOf(client, id);

    assert.deepEqual([job.status, job.counts.failed], ['failed', 2]);
    assert.deepEqual([chunk.status, chunk.exitCode], ['failed', 1]);
    // Where in the message POV-Ray breaks the line depends on the length of the path.
    assert.match(chunk.message, /line 2: Parse Error:|^Fatal error in parser/);
    assert.match(
      log.replaceAll(/\s+/g, ' '),
      /Parse Error: No matching \} in 'pigment', undeclared identifier 'NoSuchColour' found instead/,
    );
  });

  itWith(
    ['povray'],
    'a folder that is not there is not made, and the chunk says that nothing can be written',
    async (t) => {
      const { client, out, frames } = await studio(t);

      const { id } = await client.jobSubmit({ job: frames({ endFrame: 1 }, 'none/frame.####.png') });
      const job = await untilEnded(client, id);
      const { chunk } = await client.chunkGet({ jobId: id, chunkId: 1 });

      assert.equal(job.status, 'failed');
      assert.equal(chunk.message, 'Cannot create render state output file.');
      assert.equal(existsSync(join(out, 'none')), false);
    },
  );

  itWith(
    ['povray', 'ffmpeg'],
    'a movie that lacks its last frame fails instead of being too short',
    async (t) => {
      const { client, out, frames, movie } = await studio(t);
      await untilEnded(client, (await client.jobSubmit({ job: frames() })).id);
      rmSync(join(out, 'frame.0006.png'));

      const { id } = await client.jobSubmit({ job: movie() });
      const job = await untilEnded(client, id);
      const { chunk } = await client.chunkGet({ jobId: id, chunkId: 1 });

      assert.equal(job.status, 'failed');
      assert.equal(chunk.message, '[fatal] Empty output on stream 1.');
    },
  );

  itWith(['blender'], 'Blender renders a frame of its default scene, which a script has saved', async (t) => {
    const { client, jobs, out, frames } = await studio(t);
    const file = join(jobs, 'default.blend');
    const save = `import bpy; bpy.ops.wm.save_as_mainfile(filepath=${JSON.stringify(file)})`;
    execFileSync('blender', ['-b', '--python-expr', save]);

    const { id } = await client.jobSubmit({
      job: frames({
        templateId: 902,
        endFrame: 1,
        attributes: { job_file: { value: file }, engine: { value: 'CYCLES' } },
      }),
    });
    const job = await untilEnded(client, id);

    assert.equal(job.status, 'completed');
    assert.deepEqual(readdirSync(out), ['frame.0001.png']);
  });
});
