/** That a call without a right fails, for each way in which a right is narrowed; then, which rights nobody has used. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { connectDynamo, DynamoTable } from '../../../shared/store/dynamoTable.ts';
import type { AwsFarm, StartAwsFarm } from '../awsFarm.ts';
import type { UsedRights } from '../checkRights.ts';
import { isExplained, unusedRights } from '../unusedRights.ts';

const settingsOf = (farm: AwsFarm, name: string) => ({
  endpoint: farm.wire.url,
  region: 'us-east-1',
  credentials: { accessKeyId: `rollcall-try-${name}`, secretAccessKey: 'secret' },
  maxAttempts: 1,
});

function tableOf(farm: AwsFarm, name: string): DynamoTable {
  const client = connectDynamo(settingsOf(farm, name));
  after(() => client.destroy());
  return new DynamoTable({ client, tableName: (table) => `rollcall-try-${table}` });
}

export function rightsStories(startAwsFarm: StartAwsFarm): void {
  describe('a call without the right to it', () => {
    it('fails, and names function, action and table', async (t) => {
      const farm = await startAwsFarm(t);
      const table = tableOf(farm, 'recount');

      await table.get('queue', { pk: 'a', sk: 'b' });
      await assert.rejects(table.delete('queue', { pk: 'a', sk: 'b' }), { name: 'AccessDeniedException' });
      await assert.rejects(table.get('history', { pk: 'a', sk: 'b' }), { name: 'AccessDeniedException' });

      assert.deepEqual(farm.takeBreaches(), [
        {
          principal: 'rollcall-try-recount',
          action: 'dynamodb:DeleteItem',
          resource: 'arn:aws:dynamodb:us-east-1:000000000000:table/rollcall-try-queue',
        },
        {
          principal: 'rollcall-try-recount',
          action: 'dynamodb:GetItem',
          resource: 'arn:aws:dynamodb:us-east-1:000000000000:table/rollcall-try-history',
        },
      ]);
    });

    it('fails for another index than the one that it may read', async (t) => {
      const farm = await startAwsFarm(t);
      const table = tableOf(farm, 'nodes');
      const read = (index: string) => table.query({ table: 'farm', index, partition: 'ONLINE' } as never);

      await read('online');
      await assert.rejects(read('idle'), { name: 'AccessDeniedException' });

      assert.deepEqual(
        farm.takeBreaches().map(({ resource }) => resource),
        ['arn:aws:dynamodb:us-east-1:000000000000:table/rollcall-try-farm/index/idle'],
      );
    });

    it('fails for a transaction of which one write is not allowed', async (t) => {
      const farm = await startAwsFarm(t);
      const table = tableOf(farm, 'system');

      const writes = table.transact([
        { kind: 'put', table: 'queue', item: { pk: 'a', sk: 'b' } },
        { kind: 'delete', table: 'queue', key: { pk: 'a', sk: 'c' } },
      ]);

      await assert.rejects(writes, { name: 'AccessDeniedException' });
      assert.deepEqual(
        farm.takeBreaches().map(({ action }) => action),
        ['dynamodb:DeleteItem'],
      );
    });

    it('fails for a queue whose name is no mailbox', async (t) => {
      const farm = await startAwsFarm(t);
      const client = new SQSClient(settingsOf(farm, 'nodes'));
      t.after(() => client.destroy());
      const node = await farm.addNode('alpha');
      const send = (name: string, group?: string) =>
        client.send(
          new SendMessageCommand({
            QueueUrl: `${farm.wire.url}/000000000000/rollcall-try-${name}`,
            MessageBody: 'x',
            ...(group && { MessageGroupId: group, MessageDeduplicationId: group }),
          }),
        );

      await send(`node-${node.id}.fifo`, 'node');
      await assert.rejects(send('recount'), { name: 'AccessDeniedException' });

      assert.deepEqual(
        farm.takeBreaches().map(({ resource }) => resource),
        ['arn:aws:sqs:us-east-1:000000000000:rollcall-try-recount'],
      );
    });
  });
}

/** The last of all: what the run has not used. */
export function unusedRightsStory(used: UsedRights): void {
  describe('rights', () => {
    it('have all been used in this run, but for those that unusedRights.ts explains', (t) => {
      const unused = [...used].flatMap(([name, rights]) =>
        [...rights].flatMap(([right, uses]) => (uses === 0 ? [`${name} ${right}`] : [])),
      );
      for (const line of unused) t.diagnostic(`not used: ${line}`);

      assert.deepEqual(
        unused.filter((line) => !unusedRights.some((explained) => isExplained(explained, line))),
        [],
        'rights that no story uses: take them out of infra/access.ts, or explain them in unusedRights.ts',
      );
      assert.deepEqual(
        unusedRights.filter((explained) => !unused.some((line) => isExplained(explained, line))),
        [],
        'explained as unused, and used or not there',
      );
    });
  });
}
