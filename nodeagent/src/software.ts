/** Render programs that are installed on this machine. */
import { execFile } from 'node:child_process';
import type { Capabilities } from '../../client/src/generated.ts';
import { programEnvironment } from './runner/programEnvironment.ts';

/** A program that does not tell its version in this time is left out: it may hang on a licence server. */
const patienceMs = 5_000;
const longestVersion = 128;

const programs = [
  { name: 'ffmpeg', program: 'ffmpeg', arguments: ['-version'] },
  { name: 'povray', program: 'povray', arguments: ['--version'] },
  { name: 'blender', program: 'blender', arguments: ['--version'] },
] as const;

/** Those that PATH names, with what they say of their version, and the Python that templates are called by. */
export async function findSoftware(
  environment: NodeJS.ProcessEnv,
  python: string,
): Promise<NonNullable<Capabilities['software']>> {
  const all = [{ name: 'python3', program: python, arguments: ['--version'] }, ...programs];
  const found = await Promise.all(
    all.map(async ({ name, program, arguments: words }) => {
      const version = versionIn(await whatItSays(program, words, environment));
      return version === undefined ? [] : [{ name, version }];
    }),
  );
  return found.flat();
}

/** Nothing of a program that is not there, fails or hangs: then it renders nothing either. */
function whatItSays(
  program: string,
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  const options = {
    env: programEnvironment(environment),
    timeout: patienceMs,
    killSignal: 'SIGKILL',
    windowsHide: true,
  } as const;
  return new Promise((resolve) => {
    // Some tell it on the one output, some on the other.
    execFile(program, words, options, (error, stdout, stderr) => resolve(error ? '' : stdout + stderr));
  });
}

/** The first word that begins like a version; a path with one inside is none. */
const versionIn = (text: string): string | undefined =>
  /(?:^|\s)v?(\d+(?:\.\d+)+[^\s,]*)/.exec(text)?.[1]?.slice(0, longestVersion);
