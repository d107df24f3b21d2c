import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { parseId, parseNumber } from '../../arguments/ids.ts';
import { downloadBlob } from '../../downloadBlob.ts';
import { usageError } from '../../failure.ts';
import { openSession } from '../../session.ts';

interface Options {
  readonly output?: string;
  readonly attempt?: number;
}

export function addThumbnail(chunks: Command): void {
  chunks
    .command('thumbnail')
    .argument('<job>', 'id of a job', parseId)
    .argument('<chunk>', 'id of a chunk', parseId)
    .summary('fetch a small picture of the last frame of a chunk')
    .description(
      'Writes a small picture of the last frame of a chunk, a JPEG, into a file or to another program. There is one where the job has thumbnails; the log of the chunk says what kept it from being made.',
    )
    .option('-o, --output <file>', 'write it into a file, which must not exist yet')
    .option('--attempt <number>', 'the attempt; otherwise the last one', parseNumber(1))
    .action(async (jobId: number, chunkId: number, { output, attempt }: Options, command: Command) => {
      const { client, screen } = openSession(command);
      if (output === undefined && (screen.isTerminal || screen.isJson)) {
        throw usageError('a picture is no text: --output names a file for it');
      }
      const found = await client.chunkGetThumbnail({ jobId, chunkId, attempt });
      const picture = await downloadBlob(found.url, 'picture');
      if (output === undefined) {
        process.stdout.write(picture);
        return;
      }
      await writeFile(output, picture, { flag: 'wx' });
      screen.answer({
        json: () => ({ attempt: found.attempt, bytes: picture.length }),
        text: () => [`Wrote the last frame of chunk ${chunkId}, attempt ${found.attempt}, to ${output}.`],
      });
    });
}
