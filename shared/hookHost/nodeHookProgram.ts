/** How a process for hooks in TypeScript is started. */
import type { HookProgram } from './hookProcess.ts';

const MAXIMUM_MEGABYTES = 256;
const HEAP_MEGABYTES = 160;
/** Lambda finds libraries of Node by it. */
const LIBRARIES = 'LD_LIBRARY_PATH';

/** By `client/src/hookRunner.ts`, or what it was bundled into, and the other files that this loads: no more can be read. */
export function nodeHookProgram([runner = '', ...others]: readonly string[]): HookProgram {
  const libraries = process.env[LIBRARIES];
  return {
    program: process.execPath,
    arguments: [
      '--permission',
      ...[runner, ...others].map((file) => `--allow-fs-read=${file}`),
      `--max-old-space-size=${HEAP_MEGABYTES}`,
      '--disable-warning=ExperimentalWarning',
      runner,
    ],
    environment: libraries === undefined ? {} : { [LIBRARIES]: libraries },
    maximumMegabytes: MAXIMUM_MEGABYTES,
  };
}
