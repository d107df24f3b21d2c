import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { farmState } from '../../support/farmState.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();

describe('nodeAnswerCommand', () => {
  it('keeps the last answer with the node', async () => {
    const node = await farm.addNode('alpha');
    const { session } = node;

    await node.client.nodeAnswerCommand({ session, commandNo: 1, ok: true });
    await node.client.nodeAnswerCommand({ session, commandNo: 2, ok: false, output: 'no such file' });

    const kept = [...farmState(farm)].filter(([key]) => key.startsWith('ANSWERS#'));
    assert.deepEqual(
      kept.map(([, item]) => JSON.parse(item)),
      [
        {
          pk: 'ANSWERS#1',
          sk: '000000000001',
          commandNo: 2,
          ok: false,
          output: 'no such file',
          at: '2026-01-01T00:00:00.000Z',
        },
      ],
    );
  });
});
