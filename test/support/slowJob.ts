/** Jobs for real agents whose frames take their time. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JobSubmission } from '../../client/src/generated.ts';
import { until } from './realFarm.ts';

const renderer = join(import.meta.dirname, 'slowRender.mjs');

/** A job whose frames take so long and leave one file each in the folder. */
export function slowJob(
  folder: string,
  frames: number,
  milliseconds: number,
  change: Partial<JobSubmission> = {},
): JobSubmission {
  mkdirSync(folder, { recursive: true });
  const args = JSON.stringify([renderer, folder, '{start_frame}', String(milliseconds)]);
  return {
    name: 'slow frames',
    templateId: 43,
    startFrame: 1,
    endFrame: frames,
    attributes: { command: { value: process.execPath }, arguments: { value: args } },
    ...change,
  };
}

/** Process id of the render of a frame, once it runs. */
export const rendering = (folder: string, frame: number): Promise<number> =>
  until(`frame ${frame} renders`, () => {
    const path = join(folder, `${frame}.running`);
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    return text === '' ? undefined : Number(text);
  });

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
