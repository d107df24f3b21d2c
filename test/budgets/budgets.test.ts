import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { commandTemplate } from '../../templates/command.ts';
import { templates } from '../../templates/index.ts';
import { measureBudgets } from '../support/measureBudgets.ts';
import { startFarm } from '../support/startFarm.ts';

describe('budgets of the hot path', () => {
  it('are the same for jobs whose template has no hook, where another one is asked about chunks', async (t) => {
    const onValidateChunkDependancies = async () => {};
    const gated = { ...commandTemplate, id: 9_001, hooks: { onValidateChunkDependancies } };
    const without = await startFarm(t, { templates });
    const beside = await startFarm(t, { templates: [...templates, gated] });

    assert.deepEqual(await measureBudgets(beside, [1_000]), await measureBudgets(without, [1_000]));
  });

  it('are kept at a thousand and at a million chunks, wherever the job stands', async (t) => {
    const farm = await startFarm(t);

    const measured = await measureBudgets(farm, [1_000, 1_000_000]);

    for (const { what, writeUnits, readUnits, mostWriteUnits, mostReadUnits } of measured) {
      if (process.env['SHOW'])
        console.log(what, 'W', writeUnits, '<=', mostWriteUnits, 'R', readUnits, '<=', mostReadUnits);
      assert.ok(writeUnits <= mostWriteUnits, `${what}: ${writeUnits} W, the most is ${mostWriteUnits}`);
      if (mostReadUnits !== null) {
        assert.ok(readUnits <= mostReadUnits, `${what}: ${readUnits} R, the most is ${mostReadUnits}`);
      }
    }
  });
});
