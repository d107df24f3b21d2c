#!/usr/bin/env node
/**
 * Renders frames of a scene, or one slice of each:
 *
 *     node render.ts --scene=FILE --output=FILE --start=1 --end=4 --by=1 --width=640 --height=360 --samples=4
 *                    [--slice=0 --slices=8]
 *
 * Exits with 0 when every image is written, 2 on bad arguments or a bad scene, 3 when the scene cannot be read and 4 when
 * an image cannot be written; each problem is a line `Error: …`. A frame that is there already is rendered again: whoever
 * asks wants this scene's frame, not an older one.
 */
import { readFile } from 'node:fs/promises';
import { frameFile, framesOf } from '../../shared/domain/frames.ts';
import { sliceRows } from '../../shared/domain/imageSlices.ts';
import { renderRows } from './band.ts';
import { frameOf } from './frame.ts';
import { parseOptions } from './options.ts';
import { encodePng, writeWhole } from './png.ts';
import { exitCodes, RenderError } from './renderError.ts';
import { parseScene } from './scene.ts';

async function render(words: readonly string[]): Promise<void> {
  const options = parseOptions(words);
  const scene = parseScene(await readScene(options.scene));
  const frames = framesOf(options.start, options.end, options.by);
  const rows = options.slice ? sliceRows(options.height, options.slice) : { first: 0, end: options.height };
  const rowCount = rows.end - rows.first;
  const pixels = new Uint8Array(3 * options.width * rowCount);

  const total = frames.length * rowCount;
  let done = 0;
  let told = -1;
  for (const number of frames) {
    for (const _row of renderRows(frameOf(scene, number), options, rows, pixels)) {
      done += 1;
      const percent = Math.floor((100 * done) / total);
      // The last row is not the end: 100 is told when the last image is written.
      if (percent > told && percent < 100) {
        told = percent;
        await say(`Progress: ${percent}%`);
      }
    }
    const file = frameFile(options.output, number, options.slice);
    await writeWhole(file, encodePng(options.width, rowCount, pixels));
    await say(`Wrote ${file}`);
  }
  await say('Progress: 100%');
}

async function readScene(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new RenderError(exitCodes.unreadable, [`scene: cannot read ${path}: ${(error as Error).message}`]);
  }
}

/** Resolves when the line has left the process: rendering keeps the event loop busy, where it would wait for the end. */
async function say(line: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(`${line}\n`, (error) => (error ? reject(error) : resolve()));
  });
}

try {
  await render(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof RenderError)) throw error;
  for (const problem of error.problems) process.stderr.write(`Error: ${problem}\n`);
  process.exitCode = error.exitCode;
}
