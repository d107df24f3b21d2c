/**
 * The AWS adapter of the table port; the only importer of the DynamoDB client.
 *
 * Who repeats a call that failed: reads and writes that are safe to repeat are the SDK's to repeat. An update
 * that adds is not safe, so it is sent once; only an error that proves that it was not applied lets this adapter
 * send it again, and an outcome that nobody knows is the caller's to hear ({@link WriteUncertainError}).
 * Conflicts with transactions prove that nothing was applied and are repeated here for every write, since the
 * SDK does not.
 */
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  type ConsumedCapacity,
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteItemCommand,
  DeleteTableCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  DynamoDBServiceException,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ResourceNotFoundException,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
  type WriteRequest,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import { onDemand } from '../model/onDemand.ts';
import { fromWire, toWire } from './attributes.ts';
import { type BackOff, backOff, defaultBackOff, repeat } from './backOff.ts';
import { conditionOf, Placeholders, updateOf } from './expressions.ts';
import { itemSize } from './itemSize.ts';
import { assertQuery, isEmptyRange } from './queryBounds.ts';
import {
  type CapacityListener,
  type CapacityUse,
  type Changes,
  type Guard,
  type Item,
  type Key,
  type Page,
  type Query,
  type Table,
  type TransactResult,
  type TransactWrite,
  type WriteResult,
  WriteUncertainError,
} from './table.ts';
import { indexDefinition, type TableName, tableDefinition, tables } from './tables.ts';

export interface DynamoTableOptions {
  readonly client: DynamoDBClient;
  /** Name of a table in the account. */
  readonly tableName: (table: TableName) => string;
  readonly onCapacity?: CapacityListener;
  /** Pauses between the attempts that this adapter makes itself. */
  readonly backOff?: Partial<BackOff>;
}

/**
 * A client for {@link DynamoTable}; without settings it takes them from the environment. The mode is told, so that no start
 * looks for files of settings.
 */
export const connectDynamo = (config: DynamoDBClientConfig = {}): DynamoDBClient =>
  new DynamoDBClient({ defaultsMode: 'standard', ...config });

export class DynamoTable implements Table {
  readonly #client: DynamoDBClient;
  readonly #singleAttemptClient: () => DynamoDBClient;
  readonly #tableName: (table: TableName) => string;
  readonly #onCapacity: CapacityListener | undefined;
  readonly #backOff: BackOff;

  constructor({ client, tableName, onCapacity, backOff: pauses }: DynamoTableOptions) {
    this.#client = client;
    this.#singleAttemptClient = onDemand(() => withoutRetries(client));
    this.#tableName = tableName;
    this.#onCapacity = onCapacity;
    this.#backOff = { ...defaultBackOff, ...pauses };
  }

  async get(table: TableName, key: Key, { consistent = false } = {}): Promise<Item | undefined> {
    const { Item: found, ConsumedCapacity } = await this.#client.send(
      new GetItemCommand({
        TableName: this.#tableName(table),
        Key: keyOf(key),
        ConsistentRead: consistent,
        ReturnConsumedCapacity: 'TOTAL',
      }),
    );
    this.#charge(table, 'get', { readUnits: unitsOf(ConsumedCapacity) });
    return found && fromWire(found);
  }

  async batchGet(table: TableName, keys: readonly Key[], { consistent = false } = {}): Promise<Item[]> {
    assertDistinct(keys);
    const found = await inParallel(chunksOf(keys, largestBatchGet), (chunk) =>
      this.#batchGetChunk(table, chunk.map(keyOf), consistent),
    );
    return found.flat();
  }

  async query(query: Query): Promise<Page> {
    assertQuery(query);
    if (isEmptyRange(query)) return { items: [] };
    const { table, index, after, limit, backward = false, consistent = false } = query;
    const placeholders = new Placeholders();
    const { Items, LastEvaluatedKey, ConsumedCapacity } = await this.#client.send(
      new QueryCommand({
        TableName: this.#tableName(table),
        IndexName: index,
        KeyConditionExpression: keyCondition(query, placeholders),
        ExclusiveStartKey: after && toWire(after),
        Limit: limit,
        ScanIndexForward: !backward,
        ConsistentRead: consistent,
        ReturnConsumedCapacity: 'TOTAL',
        ...placeholders.attributes,
      }),
    );
    this.#charge(table, 'query', { readUnits: unitsOf(ConsumedCapacity) });
    const items = (Items ?? []).map(fromWire);
    return LastEvaluatedKey === undefined ? { items } : { items, next: fromWire(LastEvaluatedKey) };
  }

  async put(table: TableName, item: Item, guard: Guard = []): Promise<WriteResult> {
    const placeholders = new Placeholders();
    const command = new PutItemCommand({
      TableName: this.#tableName(table),
      Item: toWire(item),
      ...guarded(guard, placeholders),
      ReturnConsumedCapacity: 'TOTAL',
      ...placeholders.attributes,
    });
    return this.#write(table, 'put', itemSize(item), async () => {
      const { ConsumedCapacity } = await this.#client.send(command);
      return { item, capacity: ConsumedCapacity };
    });
  }

  async update(table: TableName, key: Key, changes: Changes, guard: Guard = []): Promise<WriteResult> {
    const placeholders = new Placeholders();
    const command = new UpdateItemCommand({
      TableName: this.#tableName(table),
      Key: keyOf(key),
      UpdateExpression: updateOf(changes, placeholders),
      ...guarded(guard, placeholders),
      ReturnValues: 'ALL_NEW',
      ReturnConsumedCapacity: 'TOTAL',
      ...placeholders.attributes,
    });
    const adds = Object.keys(changes.add ?? {}).length > 0;
    const send = () => (adds ? this.#sendOnce(table, key, command) : this.#client.send(command));
    return this.#write(table, 'update', 0, async () => {
      const { Attributes, ConsumedCapacity } = await send();
      return { item: Attributes && fromWire(Attributes), capacity: ConsumedCapacity };
    });
  }

  async delete(table: TableName, key: Key, guard: Guard = []): Promise<WriteResult> {
    const placeholders = new Placeholders();
    const command = new DeleteItemCommand({
      TableName: this.#tableName(table),
      Key: keyOf(key),
      ...guarded(guard, placeholders),
      ReturnValues: 'ALL_OLD',
      ReturnConsumedCapacity: 'TOTAL',
      ...placeholders.attributes,
    });
    return this.#write(table, 'delete', 0, async () => {
      const { Attributes, ConsumedCapacity } = await this.#client.send(command);
      return { item: Attributes && fromWire(Attributes), capacity: ConsumedCapacity };
    });
  }

  async batchWrite(
    table: TableName,
    { puts = [], deletes = [] }: { readonly puts?: readonly Item[]; readonly deletes?: readonly Key[] },
  ): Promise<void> {
    assertDistinct([...puts, ...deletes]);
    const requests: WriteRequest[] = [
      ...puts.map((item) => ({ PutRequest: { Item: toWire(item) } })),
      ...deletes.map((key) => ({ DeleteRequest: { Key: keyOf(key) } })),
    ];
    await inParallel(chunksOf(requests, largestBatchWrite), (chunk) => this.#batchWriteChunk(table, chunk));
  }

  async transact(writes: readonly TransactWrite[]): Promise<TransactResult> {
    const TransactItems = writes.map((write) => this.#transactItem(write));
    try {
      // A new command for each attempt: the SDK gives each a token that makes its own retries harmless.
      const { ConsumedCapacity = [] } = await repeat(this.#backOff, isTransientCancellation, () =>
        this.#client.send(new TransactWriteItemsCommand({ TransactItems, ReturnConsumedCapacity: 'TOTAL' })),
      );
      for (const table of new Set(writes.map((write) => write.table))) {
        const capacity = ConsumedCapacity.find(({ TableName }) =>
          isNameOf(TableName, this.#tableName(table)),
        );
        this.#charge(table, 'transact', { writeUnits: unitsOf(capacity) });
      }
      return { applied: true };
    } catch (error) {
      const lost = lostGuardOf(error);
      if (lost === undefined) throw error;
      // A cancelled transaction names no capacity: its least is charged, two units for each write.
      for (const table of new Set(writes.map((write) => write.table))) {
        const count = writes.filter((write) => write.table === table).length;
        this.#charge(table, 'transact', { writeUnits: 2 * count, lostGuard: true });
      }
      return { applied: false, lost };
    }
  }

  /** Sends a guarded write, again while a transaction is in its way, and turns a lost guard into an answer. */
  async #write(
    table: TableName,
    verb: 'put' | 'update' | 'delete',
    offeredSize: number,
    send: () => Promise<{ item: Item | undefined; capacity: ConsumedCapacity | undefined }>,
  ): Promise<WriteResult> {
    try {
      const { item, capacity } = await repeat(this.#backOff, isTransactionConflict, send);
      this.#charge(table, verb, { writeUnits: unitsOf(capacity) });
      return { applied: true, item };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const present = error.Item && fromWire(error.Item);
      // A failed condition names no capacity. DynamoDB charges by the item that stood in the way.
      const size = Math.max(present === undefined ? 0 : itemSize(present), offeredSize);
      this.#charge(table, verb, { writeUnits: Math.max(1, Math.ceil(size / 1024)), lostGuard: true });
      return { applied: false, present };
    }
  }

  /** Sends an update that must not be applied twice. */
  async #sendOnce(table: TableName, key: Key, command: UpdateItemCommand) {
    try {
      return await repeat(this.#backOff, provesNothingApplied, () =>
        this.#singleAttemptClient().send(command),
      );
    } catch (error) {
      throw isOutcomeUnknown(error) ? new WriteUncertainError(table, key, error) : error;
    }
  }

  async #batchGetChunk(table: TableName, keys: WireKeys, consistent: boolean): Promise<Item[]> {
    const name = this.#tableName(table);
    const items: Item[] = [];
    await this.#untilProcessed('batchGet', keys, async (rest) => {
      const { Responses, UnprocessedKeys, ConsumedCapacity } = await this.#client.send(
        new BatchGetItemCommand({
          RequestItems: { [name]: { Keys: rest, ConsistentRead: consistent } },
          ReturnConsumedCapacity: 'TOTAL',
        }),
      );
      this.#charge(table, 'batchGet', { readUnits: sumOfUnits(ConsumedCapacity) });
      for (const item of Responses?.[name] ?? []) items.push(fromWire(item));
      return (UnprocessedKeys?.[name]?.Keys ?? []) as WireKeys;
    });
    return items;
  }

  async #batchWriteChunk(table: TableName, requests: WriteRequest[]): Promise<void> {
    const name = this.#tableName(table);
    await this.#untilProcessed('batchWrite', requests, async (rest) => {
      const { UnprocessedItems, ConsumedCapacity } = await this.#client.send(
        new BatchWriteItemCommand({ RequestItems: { [name]: rest }, ReturnConsumedCapacity: 'TOTAL' }),
      );
      this.#charge(table, 'batchWrite', { writeUnits: sumOfUnits(ConsumedCapacity) });
      return UnprocessedItems?.[name] ?? [];
    });
  }

  /** Sends what DynamoDB left over again, until nothing is left. Gives up after attempts without any progress. */
  async #untilProcessed<T>(
    verb: string,
    entries: readonly T[],
    send: (entries: T[]) => Promise<T[]>,
  ): Promise<void> {
    let rest = [...entries];
    for (let idleAttempts = 0; rest.length > 0; ) {
      const left = await send(rest);
      idleAttempts = left.length < rest.length ? 0 : idleAttempts + 1;
      if (idleAttempts >= this.#backOff.attempts)
        throw new Error(`${verb} left ${left.length} entries unprocessed`);
      rest = left;
      if (rest.length > 0) await backOff(this.#backOff, idleAttempts + 1);
    }
  }

  #transactItem(write: TransactWrite): TransactWriteItem {
    const TableName = this.#tableName(write.table);
    const placeholders = new Placeholders();
    const ConditionExpression = conditionOf(write.guard ?? [], placeholders);
    switch (write.kind) {
      case 'put':
        return {
          Put: { TableName, Item: toWire(write.item), ConditionExpression, ...placeholders.attributes },
        };
      case 'update': {
        const UpdateExpression = updateOf(write.changes, placeholders);
        return {
          Update: {
            TableName,
            Key: keyOf(write.key),
            UpdateExpression,
            ConditionExpression,
            ...placeholders.attributes,
          },
        };
      }
      case 'delete':
        return {
          Delete: { TableName, Key: keyOf(write.key), ConditionExpression, ...placeholders.attributes },
        };
      case 'check':
        return {
          ConditionCheck: {
            TableName,
            Key: keyOf(write.key),
            ConditionExpression,
            ...placeholders.attributes,
          },
        };
    }
  }

  #charge(
    table: TableName,
    verb: CapacityUse['verb'],
    use: Partial<Pick<CapacityUse, 'readUnits' | 'writeUnits' | 'lostGuard'>>,
  ): void {
    this.#onCapacity?.({ table, verb, readUnits: 0, writeUnits: 0, lostGuard: false, ...use });
  }
}

const largestBatchGet = 100;
const largestBatchWrite = 25;
/** Batches of one call that are on their way at the same time. */
const parallelBatches = 4;

type WireKeys = ReturnType<typeof keyOf>[];

const keyOf = ({ pk, sk }: Key) => toWire({ pk, sk });

const unitsOf = (capacity: ConsumedCapacity | undefined): number => capacity?.CapacityUnits ?? 0;

const sumOfUnits = (capacities: readonly ConsumedCapacity[] = []): number =>
  capacities.reduce((sum, capacity) => sum + unitsOf(capacity), 0);

/** DynamoDB may answer with the ARN of a table where it was asked by name. */
const isNameOf = (answered: string | undefined, name: string): boolean =>
  answered === name || answered?.endsWith(`:table/${name}`) === true;

/**
 * A client that sends each command once: in the region, with the credentials, to the endpoint and over the
 * connections of the given one. Nothing else is carried over, middleware neither.
 */
function withoutRetries({ config }: DynamoDBClient): DynamoDBClient {
  const { region, credentials, endpoint, requestHandler } = config;
  return new DynamoDBClient({
    region,
    credentials,
    requestHandler,
    ...(endpoint && { endpoint }),
    maxAttempts: 1,
  });
}

const unappliedErrors: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TransactionConflictException',
]);

const provesNothingApplied = (error: unknown): boolean =>
  error instanceof DynamoDBServiceException && unappliedErrors.has(error.name);

const isTransactionConflict = (error: unknown): boolean =>
  error instanceof DynamoDBServiceException && error.name === 'TransactionConflictException';

/** Whether a write that failed so may still have been applied: no answer, or an answer that is the server's fault. */
function isOutcomeUnknown(error: unknown): boolean {
  if (error instanceof DynamoDBServiceException) return (error.$metadata.httpStatusCode ?? 500) >= 500;
  const failedBeforeSending = error instanceof Error && error.name === 'CredentialsProviderError';
  return !failedBeforeSending;
}

const transientReasons: ReadonlySet<string> = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

/** A transaction that was cancelled only because others were in its way. */
function isTransientCancellation(error: unknown): boolean {
  if (!(error instanceof TransactionCanceledException)) return false;
  const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None');
  return (
    codes.every((code) => code === 'None' || transientReasons.has(code)) &&
    codes.some((code) => transientReasons.has(code))
  );
}

/** Position of the first guard that a cancelled transaction lost. */
function lostGuardOf(error: unknown): number | undefined {
  if (!(error instanceof TransactionCanceledException)) return undefined;
  const position = (error.CancellationReasons ?? []).findIndex(
    ({ Code }) => Code === 'ConditionalCheckFailed',
  );
  return position === -1 ? undefined : position;
}

/** The parameters of a condition; the present item comes back when it fails. */
function guarded(guard: Guard, placeholders: Placeholders) {
  const ConditionExpression = conditionOf(guard, placeholders);
  return ConditionExpression === undefined
    ? {}
    : { ConditionExpression, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const };
}

function keyCondition({ table, index, partition, from, to }: Query, placeholders: Placeholders): string {
  const names = index === undefined ? { partition: 'pk', sort: 'sk' } : indexDefinition(table, index);
  const equal = `${placeholders.name(names.partition)} = ${placeholders.value(partition)}`;
  if (from === undefined && to === undefined) return equal;
  const sort = placeholders.name(names.sort);
  if (from !== undefined && to !== undefined) {
    return `${equal} AND ${sort} BETWEEN ${placeholders.value(from)} AND ${placeholders.value(to)}`;
  }
  return from === undefined
    ? `${equal} AND ${sort} <= ${placeholders.value(to ?? '')}`
    : `${equal} AND ${sort} >= ${placeholders.value(from)}`;
}

/** DynamoDB refuses repeated keys within one request; a batch here may take several. */
function assertDistinct(keys: readonly Key[]): void {
  const distinct = new Set(keys.map(({ pk, sk }) => JSON.stringify([pk, sk])));
  if (distinct.size < keys.length) throw new Error('the keys of a batch must be distinct');
}

function chunksOf<T>(entries: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let from = 0; from < entries.length; from += size) chunks.push(entries.slice(from, from + size));
  return chunks;
}

/** Runs over all chunks, a few at a time; answers in their order. */
async function inParallel<T, R>(chunks: readonly T[], run: (chunk: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = chunks.entries();
  const worker = async () => {
    for (const [position, chunk] of waiting) results[position] = await run(chunk);
  };
  await Promise.all(Array.from({ length: parallelBatches }, worker));
  return results;
}

/**
 * Creates every table with its indexes, stream and time to live, and waits until they can be used. For tests
 * against an emulator or an account; a deployment gets its tables from infrastructure, by the same definitions.
 */
export async function createTables(
  client: DynamoDBClient,
  tableName: (table: TableName) => string,
): Promise<void> {
  await Promise.all(
    tableNames.map(async (table) => {
      await client.send(new CreateTableCommand(creationOf(table, tableName(table))));
      await waitUntilTableExists(
        { client, maxWaitTime: tableWaitSeconds, minDelay: 1 },
        { TableName: tableName(table) },
      );
      const { timeToLive } = tableDefinition(table);
      if (timeToLive === undefined) return;
      await client.send(
        new UpdateTimeToLiveCommand({
          TableName: tableName(table),
          TimeToLiveSpecification: { AttributeName: timeToLive, Enabled: true },
        }),
      );
    }),
  );
}

/** Deletes every table that exists and waits until they are gone. */
export async function dropTables(
  client: DynamoDBClient,
  tableName: (table: TableName) => string,
): Promise<void> {
  await Promise.all(
    tableNames.map(async (table) => {
      const TableName = tableName(table);
      try {
        await client.send(new DeleteTableCommand({ TableName }));
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return;
        throw error;
      }
      await waitUntilTableNotExists({ client, maxWaitTime: tableWaitSeconds, minDelay: 1 }, { TableName });
    }),
  );
}

const tableNames = Object.keys(tables) as TableName[];
const tableWaitSeconds = 120;

function creationOf(table: TableName, TableName: string): CreateTableCommandInput {
  const { indexes, feed } = tableDefinition(table);
  const definitions = Object.entries(indexes);
  const keys = new Set(['pk', 'sk', ...definitions.flatMap(([, { partition, sort }]) => [partition, sort])]);
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...keys].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: keySchema('pk', 'sk'),
    ...(definitions.length > 0 && {
      GlobalSecondaryIndexes: definitions.map(([IndexName, { partition, sort, projection }]) => ({
        IndexName,
        KeySchema: keySchema(partition, sort),
        Projection:
          projection.length === 0
            ? { ProjectionType: 'KEYS_ONLY' as const }
            : { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: [...projection] },
      })),
    }),
    ...(feed && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' as const },
    }),
  };
}

const keySchema = (partition: string, sort: string): CreateTableCommandInput['KeySchema'] => [
  { AttributeName: partition, KeyType: 'HASH' },
  { AttributeName: sort, KeyType: 'RANGE' },
];
