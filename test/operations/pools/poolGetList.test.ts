import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertRefused } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();
const olga = await farm.addUser('olga');
await farm.addNode('alpha', { pools: ['delta', 'bravo'] });
await farm.addNode('beta', { pools: ['bravo'] });
for (const name of ['echo', 'charlie', 'alfa', 'delta']) await farm.admin.poolAdd({ pool: { name } });

describe('poolGetList', () => {
  it('lists pools that were added and pools that only nodes name, once each, by name', async () => {
    const { pools, nextPageToken } = await olga.poolGetList({});

    assert.deepEqual(
      pools.map(({ name, nodes, version }) => [name, nodes, version]),
      [
        ['alfa', [], 1],
        ['bravo', ['alpha', 'beta'], 0],
        ['charlie', [], 1],
        ['delta', ['alpha'], 1],
        ['echo', [], 1],
      ],
    );
    assert.equal(nextPageToken, null);
  });

  it('goes on page by page', async () => {
    const pages: string[][] = [];
    let pageToken: string | undefined;
    do {
      const page = await olga.poolGetList({ limit: 2, ...(pageToken === undefined ? {} : { pageToken }) });
      pages.push(page.pools.map(({ name }) => name));
      pageToken = page.nextPageToken ?? undefined;
    } while (pageToken !== undefined);

    assert.deepEqual(pages, [['alfa', 'bravo'], ['charlie', 'delta'], ['echo']]);
  });

  it('refuses a page token of another list, and another list one of this', async () => {
    const { nextPageToken: ofPools } = await olga.poolGetList({ limit: 1 });
    const { nextPageToken: ofNodes } = await olga.nodeGetList({ limit: 1 });
    const details = {
      field: 'pageToken',
      rule: 'must be the nextPageToken of a page of this very list',
    };

    await assertRefused(olga, 'poolGetList', 'invalid-input', details, { pageToken: ofNodes ?? '' });
    await assertRefused(olga, 'nodeGetList', 'invalid-input', details, { pageToken: ofPools ?? '' });
    for (const [operation, at] of [
      ['pools', 3],
      ['nodes', 'alfa'],
    ] as const) {
      const pageToken = Buffer.from(JSON.stringify({ kind: operation, at })).toString('base64url');
      const list = operation === 'pools' ? 'poolGetList' : 'nodeGetList';
      await assertRefused(olga, list, 'invalid-input', details, { pageToken });
    }
  });
});
