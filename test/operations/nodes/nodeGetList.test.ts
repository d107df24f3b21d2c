import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Operations } from '../../../client/src/generated.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();
await farm.addNode('alpha', { pools: ['gpu'] });
const beta = await farm.addNode('beta', { pools: ['gpu', 'fast'] });
const gamma = await farm.addNode('gamma');
await farm.admin.nodePause({ id: gamma.id });
await beta.leave();

async function namesOf(input: Operations['nodeGetList']['input']): Promise<string[]> {
  const names: string[] = [];
  let pageToken: string | null = null;
  do {
    const page: Operations['nodeGetList']['output'] = await farm.admin.nodeGetList(
      pageToken === null ? input : { ...input, pageToken },
    );
    names.push(...page.nodes.map(({ name }) => name));
    pageToken = page.nextPageToken;
  } while (pageToken !== null);
  return names;
}

describe('nodeGetList', () => {
  it('lists nodes by id, offline ones too, in pages of any size', async () => {
    for (const limit of [1, 2, 1000]) assert.deepEqual(await namesOf({ limit }), ['alpha', 'beta', 'gamma']);
  });

  it('filters by status and pool', async () => {
    assert.deepEqual(await namesOf({ status: 'offline' }), ['beta']);
    assert.deepEqual(await namesOf({ status: 'paused' }), ['gamma']);
    assert.deepEqual(await namesOf({ status: 'idle' }), ['alpha']);
    assert.deepEqual(await namesOf({ status: 'working' }), []);
    assert.deepEqual(await namesOf({ pool: 'gpu' }), ['alpha', 'beta']);
    assert.deepEqual(await namesOf({ pool: 'gpu', status: 'idle' }), ['alpha']);
  });

  it('shows each node as nodeGet does', async () => {
    const { nodes } = await farm.admin.nodeGetList({});

    assert.deepEqual(nodes[1], (await farm.admin.nodeGet({ id: beta.id })).node);
  });

  it('refuses a page token of another list', async () => {
    await farm.admin.jobAddFolder({ parentId: -1, name: 'one' });
    await farm.admin.jobAddFolder({ parentId: -1, name: 'two' });
    const { nextPageToken } = await farm.admin.jobGetList({ limit: 1 });
    assert.ok(nextPageToken);

    await assertRefusedWhole(
      farm,
      'nodeGetList',
      'invalid-input',
      { field: 'pageToken', rule: 'must be the nextPageToken of a page of this very list' },
      { pageToken: nextPageToken },
    );
  });
});
