/** What jobs cost whose chunks wait for a hook's word; the figures are in docs/hooks.md. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HookAnswer } from '../../shared/contract/hooks.ts';
import { commandTemplate } from '../../templates/command.ts';
import { aJob } from '../support/aJob.ts';
import { passMinute } from '../support/passMinute.ts';
import { startFarm } from '../support/startFarm.ts';

describe('a job whose chunks wait for a hook', () => {
  for (const count of [1_000, 1_000_000]) {
    it(`of ${count} chunks costs 2.7 W and 1 R a chunk more where the hook lets them start`, async (t) => {
      const { farm } = await startGated(t, { kind: 'ok' });
      const node = await farm.addNode('alpha');
      await farm.admin.jobSubmit({ job: aJob(count) });
      await farm.drain();
      await node.claim();
      farm.takeUse();

      for (let chunk = 1; chunk <= 400; chunk += 1) {
        farm.clock.advance(1_000);
        await node.report();
        if (chunk % 20 === 0) await farm.drain();
      }

      const { writeUnits, readUnits } = farm.takeUse();
      // Any other job: 6 W and 2.3 R, history included; see budgets.test.ts.
      assert.ok(writeUnits / 400 <= 8.7, `${writeUnits / 400} W a chunk`);
      assert.ok(readUnits / 400 <= 3.3, `${readUnits / 400} R a chunk`);
    });

    it(`of ${count} chunks costs 3 W and 250 R a minute and 500 calls where it lets none start`, async (t) => {
      const { farm, takeCalls } = await startGated(t, { kind: 'error', message: 'no cache' });
      await farm.admin.jobSubmit({ job: aJob(count) });
      await farm.drain();
      for (let minute = 0; minute < 3; minute += 1) await passMinute(farm);
      farm.takeUse();
      takeCalls();

      await passMinute(farm);

      const { writeUnits, readUnits } = farm.takeUse();
      assert.ok(writeUnits <= 3, `${writeUnits} W`);
      assert.ok(readUnits <= 250, `${readUnits} R`);
      assert.ok(takeCalls() <= 500);
    });
  }
});

/** A farm whose hook says the same of each chunk. */
async function startGated(t: Parameters<typeof startFarm>[0], answer: HookAnswer) {
  let calls = 0;
  const onValidateChunkDependancies = async (): Promise<HookAnswer> => {
    calls += 1;
    return answer;
  };
  const farm = await startFarm(t, {
    templates: [{ ...commandTemplate, hooks: { onValidateChunkDependancies } }],
  });
  const takeCalls = (): number => {
    const taken = calls;
    calls = 0;
    return taken;
  };
  return { farm, takeCalls };
}
