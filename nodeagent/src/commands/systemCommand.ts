/** Runs what the operator configured for a system event. */
import { spawn } from 'node:child_process';

/** A command that takes longer, because it waits for the machine to go down, has been understood. */
const patienceMs = 60_000;

/** Why it did not succeed; undefined if it did, or if `stop` was aborted or a minute went by before it ended. */
export function runSystemCommand(
  [program = '', ...words]: readonly string[],
  environment: NodeJS.ProcessEnv,
  stop: AbortSignal,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    // Detached, so that it outlives the agent that it may be about to end.
    const child = spawn(program, words, {
      env: environment,
      stdio: 'ignore',
      detached: true,
      windowsHide: true,
    });
    const timer = setTimeout(() => resolve(undefined), patienceMs);
    stop.addEventListener('abort', () => resolve(undefined));
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      resolve(code === 0 ? undefined : `it ended with ${code === null ? signal : `exit code ${code}`}`);
    });
  });
}
