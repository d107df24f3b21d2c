/**
 * The table contract: what every adapter of `shared/store/table.ts` must do, as cases that are run against each
 * of them. A case works in a partition of its own, so that one set of tables serves all of them, in any order.
 */
import { after, before, describe, it } from 'node:test';
import { batchCases } from './contract/batches.ts';
import type { Cases, Subject } from './contract/cases.ts';
import { feedCases } from './contract/feed.ts';
import { guardCases } from './contract/guards.ts';
import { queryCases } from './contract/queries.ts';
import { transactionCases } from './contract/transactions.ts';
import { writeCases } from './contract/writes.ts';

const allCases: Cases = {
  ...guardCases,
  ...writeCases,
  ...queryCases,
  ...batchCases,
  ...transactionCases,
  ...feedCases,
};

export interface ExerciseOptions {
  /** Cases that this adapter or emulator cannot pass, each with the reason. */
  readonly gaps?: Readonly<Record<string, string>>;
}

/** Runs every case of the contract against the adapter that `setup` opens. */
export function exerciseTable(
  name: string,
  setup: () => Promise<Subject>,
  { gaps = {} }: ExerciseOptions = {},
): void {
  for (const gap of Object.keys(gaps)) {
    if (!(gap in allCases)) throw new Error(`no case of the table contract is called "${gap}"`);
  }

  describe(name, () => {
    let subject: Subject;
    let partitionCount = 0;
    before(async () => {
      subject = await setup();
    });
    after(async () => {
      await subject.close();
    });

    for (const [sentence, run] of Object.entries(allCases)) {
      it(sentence, { skip: gaps[sentence] ?? false }, async () => {
        partitionCount += 1;
        await run(subject, `CASE#${partitionCount}`);
      });
    }
  });
}
