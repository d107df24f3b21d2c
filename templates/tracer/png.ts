/** PNG files that are either whole or not there. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PNG } from 'pngjs';
import { exitCodes, RenderError } from './renderError.ts';

/** Red, green and blue bytes as a PNG. */
export function encodePng(width: number, height: number, pixels: Uint8Array): Buffer {
  const png = new PNG({ width, height });
  png.data = Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  return PNG.sync.write(png, { inputColorType: 2, colorType: 2, inputHasAlpha: false });
}

/**
 * Writes a file under a name of its own beside the target, makes it durable and renames it: whatever happens meanwhile,
 * the target is the old file, the new one, or absent. The name is random, since two nodes may render the same frame
 * into one folder when the dispatcher has given one of them up. Makes the folder if there is none.
 */
export async function writeWhole(path: string, content: Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID().slice(0, 8)}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await using file = await open(temporary, 'wx');
    await file.writeFile(content);
    await file.sync();
    await file.close();
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new RenderError(exitCodes.unwritable, [
      `output: cannot write ${path}: ${(error as Error).message}`,
    ]);
  }
}
