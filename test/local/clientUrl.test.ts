import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { it } from 'node:test';
import { createClient } from '../../client/src/client.ts';

it('the client keeps the path of its address, as that of a stage behind a gateway', async (t) => {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.end('{}');
  }).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  await createClient({ url: `${origin}/prod/` }).jobGet({ id: 7 });
  await createClient({ url: `${origin}/prod` }).jobGet({ id: 7 });
  await createClient({ url: origin }).jobGet({ id: 7 });

  assert.deepEqual(asked, ['/prod/v1/jobs/jobGet?id=7', '/prod/v1/jobs/jobGet?id=7', '/v1/jobs/jobGet?id=7']);
});
