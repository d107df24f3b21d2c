import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import type { WorkOrder } from '../../../client/src/generated.ts';
import { checkFrames } from '../../../nodeagent/src/frameCheck/checkFrames.ts';
import { itWith } from '../../support/renderers.ts';

type FrameCheck = NonNullable<WorkOrder['frameCheck']>;

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures', 'images');

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-frames-'));
});
after(() => rmSync(folder, { recursive: true }));

const check = (file: string, fields: Partial<FrameCheck> = {}): Promise<readonly string[]> =>
  checkFrames(
    {
      startingFolder: folder,
      frameCheck: {
        files: [file],
        minimumBytes: 1,
        maximumBytes: null,
        decodes: true,
        width: null,
        height: null,
        ...fields,
      },
    },
    () => false,
  );

/** Lengths at which the file was cut off and nobody noticed. */
async function missedCuts(bytes: Buffer): Promise<number[]> {
  const missed: number[] = [];
  const step = Math.max(1, Math.floor(bytes.length / 60));
  for (let length = 0; length < bytes.length; length += step) {
    writeFileSync(join(folder, 'cut'), bytes.subarray(0, length));
    if ((await check('cut')).length === 0) missed.push(length);
  }
  return missed;
}

const part = (kind: string, data: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
};

/** A grey PNG, 8 bits a pixel, whose packed pixels are these bytes. */
function png(width: number, height: number, interlace: 0 | 1, pixels: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, interlace], 8);
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([
    signature,
    part('IHDR', header),
    part('IDAT', deflateSync(pixels)),
    part('IEND', Buffer.alloc(0)),
  ]);
}

describe('the frame check', () => {
  for (const [name, width, height] of [
    ['scan.exr', 40, 20],
    ['multi.exr', 40, 20],
    ['tiled.exr', 70, 50],
    ['strip.tif', 40, 20],
    ['big.tif', 40, 20],
    ['tile.tif', 64, 48],
    ['pal.png', 64, 48],
    ['bw.png', 64, 48],
    ['prog.jpg', 64, 48],
  ] as const) {
    it(`takes ${name} as it is, and at no length at which it was cut off`, async () => {
      const file = join(fixtures, name);
      assert.deepEqual(await check(file, { width, height }), []);
      assert.deepEqual(await check(file, { width: 1_920, height: null }), [
        `${file} is ${width} x ${height} pixels instead of 1920 x ${height}`,
      ]);
      assert.deepEqual(await missedCuts(readFileSync(file)), []);
    });
  }

  for (const format of ['png', 'jpg', 'tif', 'exr']) {
    itWith(
      ['ffmpeg'],
      `takes ${format} of FFmpeg as it is, and at no length at which it was cut off`,
      async () => {
        const file = join(folder, `ffmpeg.${format}`);
        const source = ['-f', 'lavfi', '-i', 'testsrc2=size=320x180', '-frames:v', '1'];
        execFileSync('ffmpeg', ['-v', 'error', '-y', ...source, file]);
        assert.deepEqual(await check(file, { width: 320, height: 180 }), []);
        assert.deepEqual(await missedCuts(readFileSync(file)), []);
      },
    );
  }

  it('finds a PNG with one wrong byte, by the check sum of its part', async () => {
    const bytes = readFileSync(join(fixtures, 'pal.png'));
    const at = bytes.indexOf('IDAT') + 100;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(join(folder, 'flipped.png'), bytes);
    const [problem = ''] = await check('flipped.png');
    assert.match(problem, /^flipped\.png has (a broken part "IDAT"|pixels that cannot be unpacked)/);
  });

  it('counts the pixels of a PNG, in one pass or in seven', async () => {
    // Three rows of five pixels, each with a byte for its filter.
    writeFileSync(join(folder, 'flat.png'), png(5, 3, 0, Buffer.alloc(18)));
    // Passes of 1 x 1, 1 x 1, none, 1 x 1, 3 x 1, 2 x 2 and 5 x 1 pixels, with a byte a row for its filter.
    writeFileSync(join(folder, 'interlaced.png'), png(5, 3, 1, Buffer.alloc(2 + 2 + 0 + 2 + 4 + 6 + 6)));
    writeFileSync(join(folder, 'short.png'), png(5, 3, 0, Buffer.alloc(17)));
    assert.deepEqual(await check('flat.png', { width: 5, height: 3 }), []);
    assert.deepEqual(await check('short.png'), ['short.png has 17 bytes of pixels instead of 18']);
    assert.deepEqual(await check('interlaced.png', { width: 5, height: 3 }), []);
  });

  it('finds an OpenEXR file whose table was never filled in, as of a renderer that was killed', async () => {
    const bytes = readFileSync(join(fixtures, 'scan.exr'));
    // Two blocks: the table says first where the first one is, which is right behind the table.
    const table = bytes.findIndex((_, at) => at > 100 && bytes.readBigUInt64LE(at) === BigInt(at + 16));
    bytes.fill(0, table + 8, table + 16);
    writeFileSync(join(folder, 'killed.exr'), bytes);
    assert.deepEqual(await check('killed.exr'), [
      'killed.exr is cut off: a block of its table was never written',
    ]);
  });

  it('names what is not there, too small, too large, no image, or no file', async () => {
    writeFileSync(join(folder, 'empty.png'), '');
    writeFileSync(join(folder, 'text.png'), 'not a picture at all');
    mkdirSync(join(folder, 'folder.png'));
    assert.deepEqual(await check('none.png'), ['none.png is not there']);
    assert.deepEqual(await check('empty.png'), ['empty.png has 0 bytes, fewer than 1']);
    assert.deepEqual(await check('text.png', { maximumBytes: 19 }), ['text.png has 20 bytes, more than 19']);
    assert.deepEqual(await check('text.png'), ['text.png is neither PNG, JPEG, OpenEXR nor TIFF']);
    assert.deepEqual(await check('text.png', { decodes: false }), []);
    assert.deepEqual(await check('folder.png'), ['folder.png is not a file']);
  });

  it('looks at every file, and at none any more once it is told to end', async () => {
    const order = {
      startingFolder: folder,
      frameCheck: {
        files: ['a.png', 'b.png'],
        minimumBytes: 1,
        maximumBytes: null,
        decodes: true,
        width: null,
        height: null,
      },
    };
    assert.deepEqual(await checkFrames(order, () => false), ['a.png is not there', 'b.png is not there']);
    assert.deepEqual(await checkFrames(order, () => true), []);
    assert.deepEqual(await checkFrames({ startingFolder: null, frameCheck: null }, () => false), []);
  });
});
