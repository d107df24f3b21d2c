/** `npm run bench:backup [chunks]`: half a million chunks into the archive and back, with a kill in the middle of both. */
import { measureBackup, type Phase } from './measureBackup.ts';

const MOST_EXTRA_MB = 200;

const figures = await measureBackup(Number(process.argv[2] ?? 500_000));
const line = (what: string, { seconds, extraMb, calls, chunksAtKill }: Phase): string =>
  `${what}: ${seconds.toFixed(1)} s in ${calls} calls, ${extraMb.toFixed(0)} MB more than at rest, killed at ${chunksAtKill} chunks`;
console.log(line('backup', figures.backup));
console.log(line('restore', figures.restore));
console.log(
  `${figures.chunks} chunks and as many attempts take ${(figures.bytes / 1e6).toFixed(1)} MB in the archive; ` +
    `the restored job is ${figures.isSame ? 'the same' : 'NOT THE SAME'}, entries ${figures.entries}`,
);
const isFine =
  figures.isSame &&
  figures.entries === 1 &&
  [figures.backup, figures.restore].every(({ extraMb }) => extraMb < MOST_EXTRA_MB);
if (!isFine) process.exitCode = 1;
