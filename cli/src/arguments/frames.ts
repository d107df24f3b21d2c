/** Frame ranges, as people write them: `1-48`, `1-48x2`, `7`, `-10--1`. */
import { InvalidArgumentError } from 'commander';

export interface Frames {
  readonly startFrame: number;
  readonly endFrame: number;
  readonly byFrame: number;
}

const number = String.raw`\d+(?:\.\d+)?`;
const pattern = new RegExp(`^(-?${number})(?:-(-?${number})(?:x(${number}))?)?$`);

/** Throws for anything else, with a hint for what people try. */
export function parseFrames(text: string): Frames {
  const match = pattern.exec(text.trim());
  if (match === null) {
    throw new InvalidArgumentError(
      text.includes(',')
        ? 'A job has one range; submit a job for each.'
        : 'It must be such as 1-48, 1-48x2 or 7.',
    );
  }
  const startFrame = Number(match[1]);
  const endFrame = Number(match[2] ?? match[1]);
  const byFrame = Number(match[3] ?? 1);
  if (endFrame < startFrame) {
    throw new InvalidArgumentError('The first frame comes first; --chunk-order backward starts at the end.');
  }
  if (byFrame === 0) throw new InvalidArgumentError('The step must be above 0.');
  return { startFrame, endFrame, byFrame };
}

/** A range in the same notation. */
export function frameRange({ startFrame, endFrame, byFrame }: Frames): string {
  if (startFrame === endFrame) return String(startFrame);
  return `${startFrame}-${endFrame}${byFrame === 1 ? '' : `x${byFrame}`}`;
}
