/** Makes the small picture of a frame, with FFmpeg. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whatever storage takes, a picture is no larger. */
const maximumBytes = 32_768;
/** For FFmpeg's scale of quality, 2 to 31, of which the last has the fewest bytes. */
const qualities = [4, 8, 16, 31];
/** For all tries: a file server that does not answer must not keep the node from its next chunk. */
const patienceMs = 20_000;

interface Options {
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** A JPEG of at most 320 by 320 pixels and 32 KB; or why there is none, as text. Never throws for what FFmpeg does. */
export async function makeThumbnail(
  path: string,
  { environment, signal }: Options,
): Promise<Buffer | string> {
  const late = AbortSignal.timeout(patienceMs);
  try {
    for (const quality of qualities) {
      const { stdout } = await run('ffmpeg', argumentsFor(path, quality), {
        encoding: 'buffer',
        env: environment,
        // No more than is needed to know that it is too large, and some.
        maxBuffer: 4 * 1024 * 1024,
        killSignal: 'SIGKILL',
        signal: AbortSignal.any([signal, late]),
        windowsHide: true,
      });
      if (stdout.length === 0) return 'FFmpeg found no picture in the file';
      if (stdout.length <= maximumBytes) return stdout;
    }
    return `it has more than ${maximumBytes} bytes at the lowest quality`;
  } catch (error) {
    if (signal.aborted) return 'the node was told to stop';
    if (late.aborted) return `FFmpeg took longer than ${patienceMs / 1_000} s`;
    return reasonOf(error as NodeJS.ErrnoException & { readonly stderr?: Buffer });
  }
}

function argumentsFor(path: string, quality: number): readonly string[] {
  return [
    '-nostdin',
    ...['-loglevel', 'error'],
    // A playlist among the output of a job must not make the node fetch what it names.
    ...['-protocol_whitelist', 'file,pipe'],
    // Of a movie the last second, of which the last frame comes first when it is reversed. An image has but one.
    ...['-sseof', '-1'],
    // Linear light looks far too dark on a screen.
    ...(/\.exr$/i.test(path) ? ['-apply_trc', 'iec61966_2_1'] : []),
    ...['-i', `file:${path}`],
    ...['-map', '0:v:0'],
    '-vf',
    [
      "scale=w='min(320,iw)':h='min(320,ih)':force_original_aspect_ratio=decrease:flags=area",
      'reverse',
      'format=yuvj420p',
    ].join(),
    ...['-frames:v', '1'],
    ...['-q:v', String(quality)],
    ...['-f', 'mjpeg', 'pipe:1'],
  ];
}

function reasonOf({ code, message, stderr }: NodeJS.ErrnoException & { readonly stderr?: Buffer }): string {
  if (code === 'ENOENT') return 'FFmpeg is not on this node';
  // What it says last is what came of all that it said before.
  const said = stderr?.toString('utf8').trim().split('\n').at(-1);
  return said === undefined || said === '' ? message : `FFmpeg says: ${said}`;
}
