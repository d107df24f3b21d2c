/** JPEG: its segments up to the first scan, and the marker at the end. After ITU-T T.81, annex B. */
import { BrokenImageError, type Dimensions, type ImageFile } from './imageFile.ts';

export const jpegSignature = Buffer.from([0xff, 0xd8, 0xff]);

const SCAN = 0xda;
/** Kinds of frames; 0xc4, 0xc8 and 0xcc between them are none. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
/** What programs append behind the end, such as padding. */
const TAIL_BYTES = 64 * 1_024;

export async function readJpeg(file: ImageFile): Promise<Dimensions> {
  let dimensions: Dimensions | undefined;
  let offset = 2;
  for (;;) {
    const head = await file.read(offset, 4);
    if (head[0] !== 0xff) throw new BrokenImageError(`has no marker at byte ${offset}`);
    const marker = head.readUInt8(1);
    // Any number of bytes 0xff may stand before a marker.
    if (marker === 0xff) {
      offset += 1;
      continue;
    }
    if (isFrame(marker)) {
      const frame = await file.read(offset + 5, 4);
      dimensions = { height: frame.readUInt16BE(0), width: frame.readUInt16BE(2) };
    }
    if (marker === SCAN) break;
    offset += 2 + head.readUInt16BE(2);
  }
  if (dimensions === undefined) throw new BrokenImageError('is a JPEG without a frame');
  const tail = await file.read(
    Math.max(offset, file.size - TAIL_BYTES),
    Math.min(TAIL_BYTES, file.size - offset),
  );
  if (tail.lastIndexOf(Buffer.from([0xff, 0xd9])) === -1) {
    throw new BrokenImageError('is cut off: it has no end of a JPEG');
  }
  return dimensions;
}
