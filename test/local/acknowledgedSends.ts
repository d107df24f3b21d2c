/**
 * A process to be killed: several callers send messages to a FIFO queue, each to its own group, and it prints
 * the id of each that was acknowledged. Started with the data directory.
 */
import { writeSync } from 'node:fs';
import { QueueStore } from '../../local/gateway/queueStore.ts';
import { Database } from '../../local/store/database.ts';
import { systemClock } from '../../shared/model/clock.ts';

const callers = 20;
const database = Database.open(process.argv[2] ?? '');
const queues = new QueueStore({ database, clock: systemClock });
await queues.create('killed.fifo');

async function sendOn(caller: number): Promise<void> {
  for (let number = 0; ; number += 1) {
    const id = `${caller}-${number}`;
    await queues.send('killed.fifo', { body: id, groupId: String(caller), deduplicationId: id });
    // Written at once and not by the stream, which could hold lines back when the process dies.
    writeSync(1, `sent ${id}\n`);
  }
}

await Promise.all(Array.from({ length: callers }, (_, caller) => sendOn(caller)));
