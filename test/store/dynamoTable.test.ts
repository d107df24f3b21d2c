/**
 * The table contract against DynamoDB itself (`ROLLCALL_AWS_TEST=1`, with the credentials of the environment), an
 * endpoint of the caller's choice (`ROLLCALL_DYNAMODB_ENDPOINT`), or else the installed emulator.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { it } from 'node:test';
import { connectDynamo, createTables, DynamoTable, dropTables } from '../../shared/store/dynamoTable.ts';
import type { CapacityUse } from '../../shared/store/table.ts';
import { type TableName, tableDefinition, tables } from '../../shared/store/tables.ts';
import { openStreams } from '../support/emulatedStreams.ts';
import {
  emulatorCredentials,
  emulatorRegion,
  isEmulatorInstalled,
  startEmulator,
} from '../support/emulator.ts';
import type { Subject } from './contract/cases.ts';
import { exerciseTable } from './tableContract.ts';

/** Table names of this run, so that runs may share an account. */
const prefix = `rollcall-test-${randomUUID().slice(0, 8)}-`;
const tableName = (table: TableName): string => `${prefix}${table}`;

const fedTables = new Map(
  (Object.keys(tables) as TableName[])
    .filter((table) => tableDefinition(table).feed)
    .map((table) => [tableName(table), table]),
);

/** Opens fresh tables at an endpoint, or in AWS where there is none. */
async function subjectAt(endpoint: string | undefined, stop?: () => Promise<void>): Promise<Subject> {
  const client = connectDynamo(
    endpoint === undefined ? {} : { endpoint, region: emulatorRegion, credentials: emulatorCredentials },
  );
  await createTables(client, tableName);
  const feed = endpoint === undefined ? async () => [] : await openStreams(endpoint, fedTables);
  const uses: CapacityUse[] = [];
  return {
    table: new DynamoTable({ client, tableName, onCapacity: (use) => uses.push(use) }),
    feed,
    uses,
    close: async () => {
      await dropTables(client, tableName);
      client.destroy();
      await stop?.();
    },
  };
}

/** What MiniStack accepts although DynamoDB refuses it. */
const emulatorGaps: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'an update that removes a path inside an absent map is refused and changes nothing',
    'an update that names a path twice is refused and changes nothing',
    'an update that names a map and a path inside it is refused and changes nothing',
  ].map((sentence) => [sentence, 'the emulator accepts it']),
);

const unreadStreams: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'the feed tells every change of an item in order, with the item before and after',
    'the feed is silent about lost guards and deletions of nothing',
    'the feed is silent about writes that leave an item as it was',
    'the feed tells the changes of batches and transactions',
    'the feed tells nothing of a table without one',
  ].map((sentence) => [sentence, 'streams are read unsigned, which only emulators accept']),
);

const endpoint = process.env['ROLLCALL_DYNAMODB_ENDPOINT'];

if (process.env['ROLLCALL_AWS_TEST'] === '1') {
  exerciseTable('DynamoTable in AWS', () => subjectAt(undefined), { gaps: unreadStreams });
} else if (endpoint !== undefined) {
  exerciseTable(`DynamoTable at ${endpoint}`, () => subjectAt(endpoint));
} else if (isEmulatorInstalled()) {
  exerciseTable(
    'DynamoTable on the emulator',
    async () => {
      const emulator = await startEmulator();
      return subjectAt(emulator.endpoint, emulator.stop).catch(async (error: unknown) => {
        await emulator.stop();
        throw error;
      });
    },
    { gaps: emulatorGaps },
  );
} else if (process.env['CI'] === 'true') {
  it('DynamoTable keeps the table contract', () => {
    assert.fail('emulator not installed: npm run emulator:install');
  });
} else {
  it('DynamoTable keeps the table contract', { skip: 'emulator not installed: npm run emulator:install' });
}
