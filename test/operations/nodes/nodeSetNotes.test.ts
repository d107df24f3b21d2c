import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();

describe('nodeSetNotes', () => {
  it('sets the notes of a node, which a new registration keeps', async () => {
    const { id } = await farm.addNode('alpha');

    await farm.admin.nodeSetNotes({ id, notes: 'loud fan\nsecond rack' });
    const { node: noted } = await farm.admin.nodeGet({ id });
    await farm.addNode('alpha');
    const { node: kept } = await farm.admin.nodeGet({ id });
    await farm.admin.nodeSetNotes({ id, notes: '' });
    const { node: cleared } = await farm.admin.nodeGet({ id });

    assert.equal(noted.notes, 'loud fan\nsecond rack');
    assert.equal(kept.notes, 'loud fan\nsecond rack');
    assert.equal(cleared.notes, '');
  });

  it('refuses a node that is not there', async () => {
    await assertRefusedWhole(
      farm,
      'nodeSetNotes',
      'not-found',
      { what: 'node', id: 999 },
      { id: 999, notes: 'x' },
    );
  });
});
