/** The movie that is made of a job's frames when it has completed. */
import * as z from 'zod/mini';
import { boundedNumber, boundedText } from './bounded.ts';
import { described } from './described.ts';
import { onDemand } from './onDemand.ts';

const option = (what: string) => described(z._default(z.nullable(boundedText(1, 255)), null), what);

export const jobMovieSchema = onDemand(() =>
  z.strictObject({
    output: described(boundedText(1, 4_096), 'File of the movie; its extension names the format.'),
    frameRate: described(z._default(boundedNumber(0.001, 1_000), 25), 'Frames a second.'),
    codec: option('Encoder; null takes that of the template ffmpeg.'),
    quality: described(
      z._default(z.nullable(boundedNumber(0, 63)), null),
      "Constant rate factor, smaller is better; null takes the encoder's own.",
    ),
    pixelFormat: option('Pixel format; null takes that of the template ffmpeg.'),
    flags: option('Further options of the movie, such as `-movflags +faststart`.'),
  }),
);
