/** What is checked of the files of a chunk, on the node that made them, when its program has ended well. */
import * as z from 'zod/mini';
import { boundedInt } from './bounded.ts';
import { described } from './described.ts';
import { onDemand } from './onDemand.ts';

/** Frames of a chunk beyond which their files are too many to name in its work order. */
export const MAXIMUM_CHECKED_FRAMES = 1_000;

/** Formats of which a node can tell whether a file is whole. */
export const checkedFormats: Readonly<Record<string, 'PNG' | 'JPEG' | 'OpenEXR' | 'TIFF'>> = {
  png: 'PNG',
  jpg: 'JPEG',
  jpeg: 'JPEG',
  exr: 'OpenEXR',
  tif: 'TIFF',
  tiff: 'TIFF',
};

const bytes = (least: number) => boundedInt(least, Number.MAX_SAFE_INTEGER);
const pixels = () => z._default(z.nullable(boundedInt(1, 1_000_000)), null);

export const frameCheckSchema = onDemand(() =>
  z.strictObject({
    minimumBytes: described(z._default(bytes(0), 1), 'A smaller file fails its chunk.'),
    maximumBytes: described(
      z._default(z.nullable(bytes(1)), null),
      'A larger file fails its chunk; null allows any size.',
    ),
    decodes: described(
      z._default(z.boolean(), true),
      'Whether each file must be a whole image: PNG, JPEG, OpenEXR or TIFF.',
    ),
    width: described(pixels(), 'Width that images must have, in pixels; null allows any.'),
    height: described(pixels(), 'Height that images must have, in pixels; null allows any.'),
  }),
);
