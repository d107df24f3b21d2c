import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Command } from 'commander';
import type { Client } from '../../../../client/src/client.ts';
import { assertConfirmed, type Confirmable, yesOption } from '../../confirmation.ts';
import { usageError } from '../../failure.ts';
import { counted } from '../../output/format.ts';
import { longPatience, openSession } from '../../session.ts';
import { uploadText } from '../../uploadText.ts';

/** What is longer as JSON is uploaded: a call takes 4 MB, and quotes make a text longer on its way. */
const INLINE_BYTES = 2_000_000;
/** Of a text that is unpacked here, as much as the dispatcher takes. */
const MAXIMUM_BYTES = 67_108_864;
const PAUSE_MS = 2_000;
/** Lines about how far it is come this far apart. */
const REMARK_MS = 10_000;

export function addImport(db: Command): void {
  db.command('import')
    .argument(
      '<file>',
      'text of SQL, as `db export` or the `.dump` of sqlite3 write it, or that packed by gzip',
    )
    .summary('replace the whole queue by one in SQL')
    .description(
      'Replaces the queue: jobs of the file take the place of those that have their ids, all others are deleted. The file is checked as a whole before anything changes; what was in the queue is kept as an export. The engine stands still meanwhile, for half a minute at least. Asks first; without a terminal nothing is imported unless --yes is given.',
    )
    .addOption(yesOption())
    .action(async (file: string, options: Confirmable, command: Command) => {
      const text = await readText(file);
      await assertConfirmed(
        options,
        'imported',
        () => `Replace the whole queue by ${file}? Every job that is not in it is deleted.`,
      );
      const { client, screen } = openSession(command, longPatience);
      const content = await send(client, text);
      const requestToken = crypto.randomUUID();
      let told = Date.now();
      let answer = await client.dbImportQueueSQL({ ...content, requestToken });
      screen.note(
        `${file} is in order: ${counted(answer.jobCount, 'job')}, ${counted(answer.chunkCount, 'chunk')}`,
      );
      while (answer.result !== 'ready') {
        await setTimeout(PAUSE_MS);
        answer = await client.dbImportQueueSQL({ ...content, requestToken });
        if (answer.result === 'ready' || Date.now() - told < REMARK_MS) continue;
        told = Date.now();
        screen.note(`${answer.doneCount} of ${counted(answer.jobCount, 'job')} so far`);
      }
      const { jobCount, chunkCount, exportName } = answer;
      screen.answer({
        json: () => answer,
        text: () => [
          `Imported ${counted(jobCount, 'job')} and ${counted(chunkCount, 'chunk')}.`,
          `What was in the queue is kept as ${exportName}.`,
        ],
      });
    });
}

async function readText(file: string): Promise<string> {
  const bytes = await readFile(file);
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const text = isPacked ? gunzipSync(bytes, { maxOutputLength: MAXIMUM_BYTES }) : bytes;
  if (text.length > MAXIMUM_BYTES) {
    throw usageError(`${file} has ${text.length} bytes, the most is ${MAXIMUM_BYTES}`);
  }
  if (text.length === 0) throw usageError(`${file} is empty`);
  return text.toString('utf8');
}

/** What the dispatcher is told of the text: itself, or where it was uploaded. */
async function send(client: Client, sql: string): Promise<{ sql: string } | { uploadId: string }> {
  if (Buffer.byteLength(JSON.stringify(sql)) <= INLINE_BYTES) return { sql };
  const { uploadId, url } = await client.dbImportUploadLink({});
  await uploadText(url, gzipSync(sql));
  return { uploadId };
}
