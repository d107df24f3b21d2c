/** Imports of the queue, which take a while. */
import assert from 'node:assert/strict';
import type { Operations } from '../../client/src/generated.ts';
import type { TestFarm } from './startFarm.ts';

type Answer = Operations['dbImportQueueSQL']['output'];

/** Imports and asks again, under one token, until the queue is there; what a call must wait for comes with the tick. */
export async function importUntilReady(
  farm: TestFarm,
  content: { readonly sql: string } | { readonly uploadId: string },
): Promise<Answer> {
  const requestToken = crypto.randomUUID();
  for (let minute = 0; minute < 10; minute += 1) {
    const answer = await farm.admin.dbImportQueueSQL({ ...content, requestToken });
    if (answer.result === 'ready') {
      await farm.drain();
      return answer;
    }
    // The second call does all that it can.
    if (minute === 0) farm.clock.advance(31_000);
    else await passMinute(farm);
  }
  throw new assert.AssertionError({ message: 'ten minutes were not enough' });
}

export async function passMinute(farm: TestFarm): Promise<void> {
  farm.clock.advance(61_000);
  await farm.tick();
  await farm.drain();
}

/** The queue as a text, if it is short. */
export async function exportedText(farm: TestFarm): Promise<string> {
  const { sql } = await farm.admin.dbExportQueueSQL({});
  assert.notEqual(sql, null);
  return String(sql);
}
