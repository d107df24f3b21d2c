import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { makeThumbnail } from '../../../nodeagent/src/runner/thumbnail.ts';
import { aFolder } from '../../support/folders.ts';
import { itWith } from '../../support/renderers.ts';
import { scriptOrder } from './orders.ts';
import { aRunner, isAlive, until } from './realRunner.ts';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures', 'images');
const environment = process.env;
const options = () => ({ environment, signal: new AbortController().signal });

/** Has FFmpeg make a file of one of its patterns. */
const draw = (file: string, source: string, ...more: readonly string[]): void =>
  void execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', source, ...more, `file:${file}`]);

/** Pixels of a JPEG, and their average colour. */
function seen(jpeg: Buffer | string) {
  assert.ok(typeof jpeg !== 'string', String(jpeg));
  const [width, height] = execFileSync(
    'ffprobe',
    ['-v', 'error', '-f', 'jpeg_pipe', '-show_entries', 'stream=width,height', '-of', 'csv=p=0', '-'],
    { input: jpeg, encoding: 'utf8' },
  )
    .split(',')
    .map(Number);
  const rgb = execFileSync(
    'ffmpeg',
    [
      '-v',
      'error',
      '-f',
      'jpeg_pipe',
      '-i',
      '-',
      '-vf',
      'scale=1:1:flags=area',
      '-pix_fmt',
      'rgb24',
      '-f',
      'rawvideo',
      '-',
    ],
    { input: jpeg },
  );
  return { width, height, rgb: [...rgb] };
}

const isNear = (found: readonly number[], wanted: readonly number[], most = 6): boolean =>
  found.length === wanted.length &&
  found.every((value, index) => Math.abs(value - Number(wanted[index])) <= most);

suite('a thumbnail', { timeout: 60_000, concurrency: 2 }, () => {
  const programs = ['ffmpeg', 'ffprobe'];

  for (const [file, size, wanted] of [
    ['wide.png', '1920x1080', [320, 180]],
    ['tall.jpg', '600x2400', [80, 320]],
    ['small.tif', '100x50', [100, 50]],
    ["name with 'blanks': #1 *{a}.png", '640x640', [320, 320]],
  ] as const) {
    itWith(
      programs,
      `of ${file} is ${wanted.join(' by ')} pixels and has the picture's colour`,
      async (t) => {
        const path = join(aFolder(t), file);
        draw(path, `color=0x2060c0:s=${size}`, '-frames:v', '1');

        const { width, height, rgb } = seen(await makeThumbnail(path, options()));

        assert.deepEqual([width, height], wanted);
        assert.ok(isNear(rgb, [0x20, 0x60, 0xc0]), String(rgb));
      },
    );
  }

  itWith(programs, 'of linear light is as bright as a screen shows it', async (t) => {
    const path = join(aFolder(t), 'grey.exr');
    // A fifth of the light is not a fifth, but half of the way to white.
    draw(
      path,
      'color=white:s=64x64,format=gbrpf32le,lutrgb=r=0.2140*maxval:g=0.2140*maxval:b=0.2140*maxval',
      '-frames:v',
      '1',
    );

    const { rgb } = seen(await makeThumbnail(path, options()));

    assert.ok(isNear(rgb, [128, 128, 128]), String(rgb));
  });

  itWith(programs, 'of a movie is its last frame', async (t) => {
    const path = join(aFolder(t), 'movie.mp4');
    draw(
      path,
      "color=red:s=640x360:r=24:d=3,drawbox=c=lime:t=fill:enable='gte(n,71)'",
      '-pix_fmt',
      'yuv420p',
    );

    const { width, height, rgb } = seen(await makeThumbnail(path, options()));

    assert.deepEqual([width, height], [320, 180]);
    assert.ok(isNear(rgb, [0, 255, 0], 12), String(rgb));
  });

  itWith(programs, 'has lower quality where it would have more than 32 KB', async (t) => {
    const path = join(aFolder(t), 'noise.png');
    draw(path, 'nullsrc=s=320x320,geq=r=random(1)*255:g=random(2)*255:b=random(3)*255', '-frames:v', '1');

    const picture = await makeThumbnail(path, options());

    assert.ok(typeof picture !== 'string', String(picture));
    assert.ok(picture.length <= 32_768, String(picture.length));
    assert.ok(picture.length > 10_000, String(picture.length));
  });

  itWith(programs, 'does not follow a playlist to other addresses', async (t) => {
    const path = join(aFolder(t), 'frame.m3u8');
    writeFileSync(path, '#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/frame.ts\n#EXT-X-ENDLIST\n');

    assert.equal(typeof (await makeThumbnail(path, options())), 'string');
  });

  itWith(programs, 'that cannot be made has a reason', async (t) => {
    const folder = aFolder(t);
    writeFileSync(join(folder, 'text.png'), 'no picture');

    assert.match(
      String(await makeThumbnail(join(folder, 'none.png'), options())),
      /^FFmpeg says: file:.*none\.png: No such file or directory$/,
    );
    assert.match(String(await makeThumbnail(join(folder, 'text.png'), options())), /^FFmpeg says: /);
  });

  test('is not made where there is no FFmpeg', async (t) => {
    const signal = new AbortController().signal;

    const reason = await makeThumbnail(join(fixtures, 'pal.png'), {
      environment: { PATH: aFolder(t) },
      signal,
    });

    assert.equal(reason, 'FFmpeg is not on this node');
  });
});

suite('a run with a thumbnail', { timeout: 60_000, concurrency: 2 }, () => {
  itWith(['ffmpeg'], 'keeps it for the upload, before an action moves the file away', async (t) => {
    const { runner, logs, folder } = aRunner(t);
    copyFileSync(join(fixtures, 'pal.png'), join(folder, 'frame.png'));
    const order = scriptOrder('', {
      startingFolder: folder,
      thumbnailFile: 'frame.png',
      actions: {
        before: [],
        after: [
          {
            what: 'after-chunk',
            program: 'mv',
            arguments: ['frame.png', 'elsewhere.png'],
            timeoutSeconds: 10,
            checksExitCode: true,
          },
        ],
        variables: {},
      },
    });

    const { outcome } = await runner.start(order).ended;

    assert.equal(outcome, 'completed');
    assert.equal(logs.hasThumbnail(order.assignment), true);
    assert.equal(existsSync(join(folder, 'elsewhere.png')), true);
  });

  for (const [what, file] of [
    ['there is no picture', 'none.png'],
    ['the picture is broken', 'broken.png'],
  ] as const) {
    itWith(['ffmpeg'], `completes and says why in its log if ${what}`, async (t) => {
      const { runner, logs, folder, readLog } = aRunner(t);
      writeFileSync(join(folder, 'broken.png'), 'no picture');
      const order = scriptOrder('', { startingFolder: folder, thumbnailFile: file });

      const { outcome, message } = await runner.start(order).ended;

      assert.deepEqual([outcome, message], ['completed', '']);
      assert.match(readLog(), new RegExp(`^\\[rollcall\\] no thumbnail of ${file}: FFmpeg says: `, 'm'));
      assert.equal(logs.hasThumbnail(order.assignment), false);
    });
  }

  test('makes none if the program failed', async (t) => {
    const { runner, logs, folder, readLog } = aRunner(t);
    copyFileSync(join(fixtures, 'pal.png'), join(folder, 'frame.png'));
    const order = scriptOrder('process.exit(3)', { startingFolder: folder, thumbnailFile: 'frame.png' });

    const { outcome } = await runner.start(order).ended;

    assert.equal(outcome, 'failed');
    assert.equal(logs.hasThumbnail(order.assignment), false);
    assert.doesNotMatch(readLog(), /thumbnail/);
  });

  test('that is killed meanwhile ends FFmpeg and keeps its result', async (t) => {
    const bin = aFolder(t);
    const { runner, folder, readLog } = aRunner(t, { ...environment, PATH: `${bin}:${environment['PATH']}` });
    const note = join(folder, 'ffmpeg.pid');
    // An FFmpeg whose file server does not answer.
    writeFileSync(
      join(bin, 'ffmpeg'),
      `#!/bin/sh\necho $$ > ${note}.part\nmv ${note}.part ${note}\nexec sleep 600\n`,
      {
        mode: 0o755,
      },
    );

    const run = runner.start(scriptOrder('', { startingFolder: folder, thumbnailFile: 'frame.png' }));
    await until(() => existsSync(note));
    run.kill();
    const { outcome } = await run.ended;

    assert.equal(outcome, 'completed');
    assert.match(readLog(), /^\[rollcall\] no thumbnail of frame\.png: the node was told to stop$/m);
    await until(() => !isAlive(Number(readFileSync(note, 'utf8'))));
  });
});
