import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { startTestGateway, type TestGateway } from './gatewayFarm.ts';

let farm: TestGateway;
beforeEach(async () => {
  farm = await startTestGateway();
});
afterEach(() => farm.close());

/** Sends bytes as they are and answers with everything that comes until the connection ends. */
async function exchange(...parts: readonly (string | Uint8Array)[]): Promise<string> {
  const socket = connect(Number(new URL(farm.gateway.url).port), '127.0.0.1');
  socket.on('error', () => {});
  for (const part of parts) socket.write(part);
  return text(socket);
}

const bodyOf = (answer: string) => JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));

describe('the gateway in front of the API', () => {
  it('makes of a GET the event of API Gateway', async () => {
    const events: APIGatewayProxyEventV2[] = [];
    farm.handlers['jobs'] = async (event) => {
      events.push(event);
      return { statusCode: 200, body: '{}' };
    };
    const { host } = new URL(farm.gateway.url);

    const answer = await exchange(
      `GET /v1/jobs/jobGetList?name=a%20b+c&state=x&state=y&empty= HTTP/1.1\r\nHost: ${host}\r\n` +
        'User-Agent: test\r\nX-Twice: 1\r\nx-twice: 2\r\nAuthorization: Bearer t\r\nConnection: close\r\n\r\n',
    );

    const requestId = /apigw-requestid: (\S+)/.exec(answer)?.[1];
    assert.deepEqual(events, [
      {
        version: '2.0',
        routeKey: 'GET /v1/jobs/jobGetList',
        rawPath: '/v1/jobs/jobGetList',
        rawQueryString: 'name=a%20b+c&state=x&state=y&empty=',
        headers: {
          host,
          'user-agent': 'test',
          'x-twice': '1,2',
          authorization: 'Bearer t',
          connection: 'close',
        },
        queryStringParameters: { name: 'a b c', state: 'x,y', empty: '' },
        requestContext: {
          accountId: '000000000000',
          apiId: 'local',
          domainName: host,
          domainPrefix: 'local',
          http: {
            method: 'GET',
            path: '/v1/jobs/jobGetList',
            protocol: 'HTTP/1.1',
            sourceIp: '127.0.0.1',
            userAgent: 'test',
          },
          requestId,
          routeKey: 'GET /v1/jobs/jobGetList',
          stage: '$default',
          time: '01/Mar/2030:12:00:00 +0000',
          timeEpoch: 1898596800000,
        },
        isBase64Encoded: false,
      },
    ]);
  });

  it('makes of a POST the event of API Gateway, with its body', async () => {
    const events: APIGatewayProxyEventV2[] = [];
    farm.handlers['jobs'] = async (event) => {
      events.push(event);
      return { statusCode: 201, body: '{}' };
    };
    const { host } = new URL(farm.gateway.url);

    const answer = await exchange(
      `POST /v1/jobs/jobSubmit HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n` +
        'Content-Length: 13\r\nConnection: close\r\n\r\n{"name":"ä"}',
    );

    const requestId = /apigw-requestid: (\S+)/.exec(answer)?.[1];
    assert.deepEqual(events, [
      {
        version: '2.0',
        routeKey: 'POST /v1/jobs/jobSubmit',
        rawPath: '/v1/jobs/jobSubmit',
        rawQueryString: '',
        headers: {
          host,
          'content-type': 'application/json',
          'content-length': '13',
          connection: 'close',
        },
        requestContext: {
          accountId: '000000000000',
          apiId: 'local',
          domainName: host,
          domainPrefix: 'local',
          http: {
            method: 'POST',
            path: '/v1/jobs/jobSubmit',
            protocol: 'HTTP/1.1',
            sourceIp: '127.0.0.1',
            userAgent: '',
          },
          requestId,
          routeKey: 'POST /v1/jobs/jobSubmit',
          stage: '$default',
          time: '01/Mar/2030:12:00:00 +0000',
          timeEpoch: 1898596800000,
        },
        body: '{"name":"ä"}',
        isBase64Encoded: false,
      },
    ]);
  });

  it('gives the handler 25 seconds and the id of the request', async () => {
    const contexts: Context[] = [];
    let requestId = '';
    farm.handlers['jobs'] = async (event, context) => {
      requestId = event.requestContext.requestId;
      contexts.push(context);
      farm.time.advance(1);
      return {};
    };

    await fetch(`${farm.gateway.url}/v1/jobs/jobGet`);

    assert.equal(contexts[0]?.awsRequestId, requestId);
    assert.equal(contexts[0]?.functionName, 'jobs');
    assert.equal(contexts[0]?.getRemainingTimeInMillis(), 24_000);
  });

  it('writes back status, headers and body, and lets no other site read them', async () => {
    farm.handlers['jobs'] = async () => ({
      statusCode: 418,
      headers: { 'Content-Type': 'text/plain', 'X-Number': 7 },
      body: 'ä',
    });

    const answer = await fetch(`${farm.gateway.url}/v1/jobs/jobGet`, {
      headers: { origin: 'https://elsewhere.example' },
    });

    assert.equal(answer.status, 418);
    assert.equal(answer.headers.get('content-type'), 'text/plain');
    assert.equal(answer.headers.get('x-number'), '7');
    assert.equal(await answer.text(), 'ä');
    assert.deepEqual(
      [...answer.headers.keys()].filter((name) => name.startsWith('access-control-')),
      [],
    );
  });

  it('keeps a connection for the next request', async () => {
    farm.handlers['jobs'] = async () => ({ body: '{}' });
    const request = 'GET /v1/jobs/jobGet HTTP/1.1\r\nHost: x\r\n';

    const answers = await exchange(`${request}\r\n${request}Connection: close\r\n\r\n`);

    assert.equal(answers.match(/HTTP\/1\.1 200/g)?.length, 2);
  });

  for (const path of ['/v1/nowhere/jobGet', '/v1/constructor/jobGet', '/elsewhere', '/v1/']) {
    it(`answers 404 for ${path}`, async () => {
      const answer = await fetch(farm.gateway.url + path);

      const { error } = (await answer.json()) as { error: { requestId: string } };
      assert.equal(answer.status, 404);
      assert.match(error.requestId, /^[0-9a-f-]{36}$/);
      assert.deepEqual(error, {
        code: 'no-such-operation',
        number: 5,
        message: `There is no operation GET ${path}.`,
        details: { method: 'GET', path },
        retryable: false,
        requestId: error.requestId,
      });
    });
  }

  it('answers 413 to a request that says it is too large, before it comes', async () => {
    let calls = 0;
    farm.handlers['jobs'] = async () => {
      calls += 1;
      return {};
    };

    const socket = connect(Number(new URL(farm.gateway.url).port), '127.0.0.1');
    socket.write('POST /v1/jobs/jobSubmit HTTP/1.1\r\nHost: x\r\nContent-Length: 10485761\r\n\r\n{');
    const [first] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();

    assert.match(String(first), /^HTTP\/1\.1 413 .*\r\n(.*\r\n)*connection: close\r\n/i);
    assert.equal(calls, 0);
  });

  it('answers 413 to a client that sends on, and lets it read the answer', async () => {
    farm.handlers['jobs'] = async () => ({});
    const body = new Uint8Array(30 * 1024 * 1024);

    const told = await fetch(`${farm.gateway.url}/v1/jobs/jobSubmit`, { method: 'POST', body });
    const untold = await fetch(`${farm.gateway.url}/v1/jobs/jobSubmit`, {
      method: 'POST',
      body: new Blob([body]).stream(),
      duplex: 'half',
    } as RequestInit);

    for (const answer of [told, untold]) {
      const { error } = (await answer.json()) as { error: { code: string; details: { maximum: number } } };
      assert.equal(answer.status, 413);
      assert.equal(error.code, 'too-large');
      assert.equal(error.details.maximum, 10_485_760);
    }
  });

  it('takes a request of ten megabytes', async () => {
    farm.handlers['jobs'] = async (event) => ({ body: String(event.body?.length) });

    const answer = await fetch(`${farm.gateway.url}/v1/jobs/jobSubmit`, {
      method: 'POST',
      body: 'x'.repeat(10_485_760),
    });

    assert.equal(await answer.text(), '10485760');
  });

  it('answers 400 to what is not HTTP', async () => {
    const answer = await exchange('what is this\r\n\r\n');

    assert.match(answer, /^HTTP\/1\.1 400 Bad Request\r\n/);
    assert.equal(bodyOf(answer).error.code, 'malformed-request');
    assert.deepEqual(bodyOf(answer).error.details, { reason: 'it is not valid HTTP/1.1' });
  });

  it('answers 431 to headers without end', async () => {
    const answer = await exchange(`GET /v1/jobs/jobGet HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`);

    assert.match(answer, /^HTTP\/1\.1 431 /);
  });

  it('answers 400 to a body that is not text', async () => {
    farm.handlers['jobs'] = async () => ({});

    const answer = await fetch(`${farm.gateway.url}/v1/jobs/jobSubmit`, {
      method: 'POST',
      body: new Uint8Array([0xff, 0xfe]),
    });

    const { error } = (await answer.json()) as { error: { code: string; details: unknown } };
    assert.equal(answer.status, 400);
    assert.equal(error.code, 'malformed-request');
    assert.deepEqual(error.details, { reason: 'its body is not UTF-8' });
  });

  it('answers 500 with an incident when a handler throws, and tells why to the log only', async () => {
    farm.handlers['jobs'] = async () => {
      throw new Error('a secret');
    };

    const answer = await fetch(`${farm.gateway.url}/v1/jobs/jobGet`);

    const { error } = (await answer.json()) as { error: { requestId: string } };
    const { requestId } = error;
    assert.equal(answer.status, 500);
    assert.deepEqual(error, {
      code: 'internal',
      number: 15,
      message: `Something went wrong on our side; incident ${requestId} in the log says what.`,
      details: { incident: requestId },
      retryable: false,
      requestId,
    });
    assert.deepEqual(farm.failures, [
      {
        error: new Error('a secret'),
        request: { requestId, method: 'GET', path: '/v1/jobs/jobGet' },
      },
    ]);
  });

  it('survives a client that goes away before its answer', async () => {
    const started = Promise.withResolvers<void>();
    const gone = Promise.withResolvers<void>();
    farm.handlers['jobs'] = async () => {
      started.resolve();
      await gone.promise;
      return { body: 'x'.repeat(1_000_000) };
    };
    const socket = connect(Number(new URL(farm.gateway.url).port), '127.0.0.1');
    socket.write('POST /v1/jobs/jobSubmit HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}');
    await started.promise;

    socket.resetAndDestroy();
    await once(socket, 'close');
    gone.resolve();
    await farm.gateway.close();

    assert.deepEqual(farm.failures, []);
  });

  it('reports nothing when a client goes away in the middle of its request', async () => {
    farm.handlers['jobs'] = async () => ({});
    const socket = connect(Number(new URL(farm.gateway.url).port), '127.0.0.1');
    socket.write('POST /v1/jobs/jobSubmit HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
    await once(socket, 'connect');

    socket.destroy();
    await farm.gateway.close();

    assert.deepEqual(farm.failures, []);
  });
});

describe('closing the gateway', () => {
  it('ends a long poll at once', async () => {
    await farm.queues.create('work');
    const poll = farm.sqs().send(
      new ReceiveMessageCommand({
        QueueUrl: `${farm.gateway.url}/queues/000000000000/work`,
        WaitTimeSeconds: 20,
      }),
    );
    await farm.time.waiting(1);

    const startedAt = performance.now();
    await farm.gateway.close();

    assert.ok(performance.now() - startedAt < 2_000);
    assert.equal((await poll).Messages, undefined);
  });

  it('waits for a request that runs, and takes no other', async () => {
    const started = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    farm.handlers['jobs'] = async () => {
      started.resolve();
      await finish.promise;
      return { body: 'done' };
    };
    const running = fetch(`${farm.gateway.url}/v1/jobs/jobGet`);
    await started.promise;

    const closed = farm.gateway.close();
    const refused = await fetch(`${farm.gateway.url}/v1/jobs/jobGet`).catch((error: Error) => error);
    finish.resolve();
    const answer = await running;
    await closed;

    assert.ok(refused instanceof Error);
    assert.equal(await answer.text(), 'done');
  });

  it('waits five seconds for a request that does not end, and no longer', async () => {
    const started = Promise.withResolvers<void>();
    farm.handlers['jobs'] = () => {
      started.resolve();
      return new Promise(() => {});
    };
    const stuck = fetch(`${farm.gateway.url}/v1/jobs/jobGet`).catch((error: Error) => error);
    await started.promise;
    mock.timers.enable({ apis: ['setTimeout'] });

    const closed = farm.gateway.close();
    mock.timers.tick(5_000);
    mock.timers.reset();
    await closed;

    assert.ok((await stuck) instanceof Error);
  });

  it('does not wait for idle connections', async () => {
    farm.handlers['jobs'] = async () => ({});
    await (await fetch(`${farm.gateway.url}/v1/jobs/jobGet`)).arrayBuffer();

    const startedAt = performance.now();
    await farm.gateway.close();

    assert.ok(performance.now() - startedAt < 2_000);
  });
});
