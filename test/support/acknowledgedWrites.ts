/**
 * A process to be killed: writes items from many callers at once and prints the sort key of each write that
 * was acknowledged, or `refused` and the key of one that was not. Started with the data directory.
 */
import { writeSync } from 'node:fs';
import { Database } from '../../local/store/database.ts';
import { SqliteTable } from '../../local/store/sqliteTable.ts';

const callers = 20;
const table = new SqliteTable(Database.open(process.argv[2] ?? ''), { consumers: ['test'] });

/** Written at once and not by the stream, which could hold lines back when the process dies. */
const print = (line: string) => writeSync(1, `${line}\n`);

async function writeOn(caller: number): Promise<void> {
  for (let number = 0; ; number++) {
    const sk = `${caller}-${number}`;
    try {
      await table.put('queue', { pk: 'KILLED', sk, openPk: 'KILLED', body: 'x'.repeat(500) });
      print(`written ${sk}`);
    } catch {
      print(`refused ${sk}`);
    }
  }
}

print('open');
await Promise.all(Array.from({ length: callers }, (_, caller) => writeOn(caller)));
