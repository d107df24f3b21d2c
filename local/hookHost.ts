/** How the farm on one machine starts the processes of hooks. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { HookSource } from '../shared/contract/hooks.ts';
import type { HookProgram } from '../shared/hookHost/hookProcess.ts';
import { HookProcesses } from '../shared/hookHost/hookProcesses.ts';
import { nodeHookProgram } from '../shared/hookHost/nodeHookProgram.ts';

const MAXIMUM_MEGABYTES = 512;
const inProject = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** The processes, which call the dispatcher under this address. */
export const localHookHost = (url: string): HookProcesses => new HookProcesses({ programs, url });

const programs = async (language: HookSource['language']): Promise<HookProgram> =>
  language === 'python'
    ? pythonProgram()
    : nodeHookProgram(
        ['client/src/hookRunner.ts', 'client/src/client.ts', 'client/src/generated.ts'].map(inProject),
      );

async function pythonProgram(): Promise<HookProgram> {
  const command = process.platform === 'win32' ? 'python' : 'python3';
  // What is in the PATH may be a script that needs an environment; hooks get none, so they get the interpreter itself.
  const { stdout } = await promisify(execFile)(command, ['-c', 'import sys; print(sys.executable)']);
  return {
    program: stdout.trim(),
    arguments: ['-m', '_rollcall.dispatcherHost', String(MAXIMUM_MEGABYTES)],
    environment: {
      PYTHONPATH: inProject('python/src'),
      PYTHONIOENCODING: 'utf-8',
      PYTHONDONTWRITEBYTECODE: '1',
    },
    maximumMegabytes: MAXIMUM_MEGABYTES,
  };
}
