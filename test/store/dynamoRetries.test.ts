/** Which failed calls DynamoTable repeats: counted on the wire, by a server that fails as the case wants. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { connectDynamo, DynamoTable } from '../../shared/store/dynamoTable.ts';
import { type CapacityUse, isNew, WriteUncertainError } from '../../shared/store/table.ts';

/** How the server answers one request. */
type Answer =
  | { readonly status: number; readonly body: unknown }
  | { readonly text: string }
  | 'drop the connection'
  | 'never answer';

interface Request {
  readonly operation: string;
  readonly body: { readonly [name: string]: unknown };
}

const attempts = 4;
const fault: Answer = { status: 500, body: { __type: 'InternalServerError' } };
const failure = (name: string, more = {}): Answer => ({
  status: 400,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${name}`, ...more },
});
const success = (body: unknown = {}): Answer => ({ status: 200, body });

const key = { pk: 'A', sk: 'b' };
const wireItem = { pk: { S: 'A' }, sk: { S: 'b' }, count: { N: '2' } };

describe('DynamoTable', () => {
  let server: Server;
  let table: DynamoTable;
  let answers: Answer[];
  let requests: Request[];
  let pauses: number[];
  let uses: CapacityUse[];

  /** Answers are used up in their order; the last one stays. */
  beforeEach(async () => {
    answers = [];
    requests = [];
    pauses = [];
    uses = [];
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
        requests.push({ operation, body: JSON.parse(Buffer.concat(chunks).toString()) });
        const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? success();
        if (answer === 'drop the connection') request.socket.destroy();
        else if (answer !== 'never answer') {
          response.writeHead('status' in answer ? answer.status : 200, {
            'content-type': 'application/x-amz-json-1.0',
          });
          response.end('text' in answer ? answer.text : JSON.stringify(answer.body));
        }
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    table = new DynamoTable({
      client: connectDynamo({
        endpoint: `http://127.0.0.1:${address.port}`,
        region: 'eu-central-1',
        credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
        requestHandler: { requestTimeout: 200, throwOnRequestTimeout: true },
      }),
      tableName: (name) => `stage-${name}`,
      onCapacity: (use) => uses.push(use),
      backOff: {
        attempts,
        random: () => 0.5,
        pause: async (milliseconds) => {
          pauses.push(milliseconds);
        },
      },
    });
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const addOne = () => table.update('queue', key, { add: { count: 1 } });
  const setOne = () => table.update('queue', key, { set: { count: 1 } });
  const operations = () => requests.map(({ operation }) => operation);

  const unknownOutcomes: Readonly<Record<string, Answer>> = {
    'a server fault': fault,
    'a gateway without an answer': { status: 503, body: {} },
    'a dropped connection': 'drop the connection',
    'a time-out': 'never answer',
    'an answer that is cut off': { text: '{"Attributes": {"pk"' },
  };

  for (const [what, answer] of Object.entries(unknownOutcomes)) {
    it(`sends an update that adds once and calls its outcome unknown after ${what}`, async () => {
      answers = [answer];

      await assert.rejects(addOne(), (error: unknown) => {
        assert.ok(error instanceof WriteUncertainError);
        assert.match(error.message, /queue A\/b/);
        assert.ok(error.cause instanceof Error);
        return true;
      });

      assert.deepEqual(operations(), ['UpdateItem']);
    });
  }

  const provesUnapplied = [
    'ProvisionedThroughputExceededException',
    'ThrottlingException',
    'RequestLimitExceeded',
    'TransactionConflictException',
  ];

  for (const name of provesUnapplied) {
    it(`repeats an update that adds after ${name}, with pauses that grow`, async () => {
      answers = [failure(name), failure(name), success({ Attributes: wireItem })];

      const result = await addOne();

      assert.deepEqual(result, { applied: true, item: { ...key, count: 2 } });
      assert.equal(requests.length, 3);
      assert.deepEqual(pauses, [12.5, 25]);
    });
  }

  it('gives up an update that adds after a bounded number of refusals, with the refusal', async () => {
    answers = [failure('ThrottlingException')];

    await assert.rejects(addOne(), { name: 'ThrottlingException' });

    assert.equal(requests.length, attempts);
  });

  it('calls the outcome unknown when a fault follows a refusal', async () => {
    answers = [failure('ThrottlingException'), fault];

    await assert.rejects(addOne(), WriteUncertainError);

    assert.equal(requests.length, 2);
  });

  it('passes on what DynamoDB refuses for good, and does not repeat it', async () => {
    answers = [failure('ValidationException', { message: 'The document path is invalid' })];

    await assert.rejects(addOne(), { name: 'ValidationException' });

    assert.equal(requests.length, 1);
  });

  it('leaves the repeating of an update that does not add to the SDK', async () => {
    answers = [fault, 'drop the connection', success({ Attributes: wireItem })];

    const result = await setOne();

    assert.equal(result.applied, true);
    assert.equal(requests.length, 3);
    assert.deepEqual(pauses, []);
  });

  it('repeats any guarded write that a transaction was in the way of', async () => {
    const conflict = failure('TransactionConflictException');

    answers = [conflict, success({ Attributes: wireItem })];
    await setOne();
    answers = [conflict, success()];
    await table.put('queue', key, isNew);
    answers = [conflict, success({ Attributes: wireItem })];
    await table.delete('queue', key);

    assert.deepEqual(operations(), [
      'UpdateItem',
      'UpdateItem',
      'PutItem',
      'PutItem',
      'DeleteItem',
      'DeleteItem',
    ]);
  });

  it('answers a lost guard with the present item and its price, without repeating', async () => {
    answers = [
      failure('ConditionalCheckFailedException', { Item: { ...wireItem, body: { S: 'x'.repeat(2100) } } }),
    ];

    const result = await addOne();

    assert.ok(!result.applied);
    assert.equal(result.present?.['count'], 2);
    assert.equal(requests.length, 1);
    assert.deepEqual(uses, [
      { table: 'queue', verb: 'update', readUnits: 0, writeUnits: 3, lostGuard: true },
    ]);
  });

  it('tells the capacity that DynamoDB counted', async () => {
    answers = [
      success({ ConsumedCapacity: { TableName: 'stage-queue', CapacityUnits: 3 }, Attributes: wireItem }),
    ];
    await addOne();
    answers = [success({ ConsumedCapacity: { TableName: 'stage-queue', CapacityUnits: 0.5 } })];
    await table.get('queue', key);

    assert.deepEqual(uses, [
      { table: 'queue', verb: 'update', readUnits: 0, writeUnits: 3, lostGuard: false },
      { table: 'queue', verb: 'get', readUnits: 0.5, writeUnits: 0, lostGuard: false },
    ]);
  });

  const cancelled = (...codes: string[]) =>
    failure('TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code })) });
  const transaction = () =>
    table.transact([
      { kind: 'put', table: 'queue', item: key },
      { kind: 'check', table: 'farm', key, guard: isNew },
    ]);

  it('repeats a transaction that others were in the way of', async () => {
    answers = [cancelled('None', 'TransactionConflict'), cancelled('ThrottlingError', 'None'), success()];

    assert.deepEqual(await transaction(), { applied: true });

    assert.equal(requests.length, 3);
    const tokens = new Set(requests.map(({ body }) => body['ClientRequestToken']));
    assert.equal(tokens.size, 3);
  });

  it('answers a transaction with the position of the lost guard, conflicts or not', async () => {
    answers = [cancelled('TransactionConflict', 'ConditionalCheckFailed')];

    assert.deepEqual(await transaction(), { applied: false, lost: 1 });

    assert.equal(requests.length, 1);
    assert.deepEqual(
      uses.map(({ table: name, writeUnits, lostGuard }) => [name, writeUnits, lostGuard]),
      [
        ['queue', 2, true],
        ['farm', 2, true],
      ],
    );
  });

  it('gives up a transaction that conflicts again and again', async () => {
    answers = [cancelled('TransactionConflict', 'None')];

    await assert.rejects(transaction(), { name: 'TransactionCanceledException' });

    assert.equal(requests.length, attempts);
  });

  it('repeats a transaction after a fault with the same token', async () => {
    answers = [fault, success()];

    await transaction();

    assert.equal(requests.length, 2);
    assert.equal(requests[0]?.body['ClientRequestToken'], requests[1]?.body['ClientRequestToken']);
  });

  it('asks again for keys that a batch left over, and for those only', async () => {
    const other = { pk: { S: 'A' }, sk: { S: 'c' } };
    answers = [
      success({
        Responses: { 'stage-queue': [wireItem] },
        UnprocessedKeys: { 'stage-queue': { Keys: [other] } },
      }),
      success({
        Responses: { 'stage-queue': [other] },
        ConsumedCapacity: [{ TableName: 'stage-queue', CapacityUnits: 0.5 }],
      }),
    ];

    const items = await table.batchGet('queue', [key, { pk: 'A', sk: 'c' }]);

    assert.deepEqual(items, [
      { ...key, count: 2 },
      { pk: 'A', sk: 'c' },
    ]);
    assert.deepEqual(requests[1]?.body['RequestItems'], {
      'stage-queue': { Keys: [other], ConsistentRead: false },
    });
    assert.deepEqual(pauses, [12.5]);
    assert.deepEqual(
      uses.map(({ readUnits }) => readUnits),
      [0, 0.5],
    );
  });

  it('gives up a batch that makes no progress', async () => {
    const put = { PutRequest: { Item: { pk: { S: 'A' }, sk: { S: 'b' } } } };
    answers = [success({ UnprocessedItems: { 'stage-queue': [put] } })];

    await assert.rejects(table.batchWrite('queue', { puts: [key] }), /batchWrite left 1 entries unprocessed/);

    assert.equal(requests.length, attempts);
  });
});
