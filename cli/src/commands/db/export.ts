import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { downloadText } from '../../downloadText.ts';
import { counted } from '../../output/format.ts';
import { openSession } from '../../session.ts';

interface Options {
  readonly output?: string;
}

export function addExport(db: Command): void {
  db.command('export')
    .summary('print the queue as SQL')
    .description(
      'Prints the queue as SQL, with which sqlite3 makes a database: jobs, attributes and touched chunks; pools, users, groups and repositories to read along. There are no passwords and no tokens in it.',
    )
    .option('--output <file>', 'write it into a file, which must not exist yet')
    .action(async ({ output }: Options, command: Command) => {
      const { client, screen } = openSession(command);
      const { sql, url, jobCount, chunkCount } = await client.dbExportQueueSQL({});
      const text = sql ?? (await downloadText(String(url)));
      if (output === undefined) {
        if (screen.isJson)
          screen.answer({ json: () => ({ sql: text, jobCount, chunkCount }), text: () => [] });
        else process.stdout.write(text);
        return;
      }
      // Somebody else's queue in the file would be lost, and it may be all there is of it.
      await writeFile(output, text, { flag: 'wx', mode: 0o600 });
      screen.answer({
        json: () => ({ jobCount, chunkCount }),
        text: () => [`Wrote ${counted(jobCount, 'job')} and ${counted(chunkCount, 'chunk')} to ${output}.`],
      });
    });
}
