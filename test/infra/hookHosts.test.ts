/** The functions that run hooks in AWS as they are bundled, and the wire between them and who calls them. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { bundleHookHosts } from '../../infra/bundles.ts';
import { hookHosts } from '../../infra/constructs/hookHosts.ts';
import type { HookHost, HookRequest } from '../../shared/hookHost/hookHost.ts';
import { lambdaHookHost } from '../../shared/runtime/lambdaHookHost.ts';
import { itWithPython, runProgram } from '../python/runPython.ts';
import { inPython, inTypescript } from '../support/hookCall.ts';

type Handler = (event: unknown) => Promise<unknown>;

const variables = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'key',
  AWS_SECRET_ACCESS_KEY: 'secret',
  ROLLCALL_API_URL: 'http://127.0.0.1:1',
  ROLLCALL_HOOKS_TYPESCRIPT: 'hookNode',
  ROLLCALL_HOOKS_PYTHON: 'hookPython',
};

let directory: string;
let inNode: Handler;

before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'rollcall-hosts-'));
  Object.assign(process.env, variables);
  await bundleHookHosts(directory);
  const { handler } = (await import(pathToFileURL(join(directory, 'hookNode', 'index.mjs')).href)) as {
    handler: Handler;
  };
  inNode = handler;
});

after(() => {
  rmSync(directory, { recursive: true, force: true });
  for (const name of [...Object.keys(variables), 'AWS_ENDPOINT_URL_LAMBDA']) delete process.env[name];
});

/** As Lambda's runtime calls the function in Python, in a process. */
async function inPythonFunction(event: unknown): Promise<unknown> {
  const [module = '', name = ''] = hookHosts.python.handler.split(/\.(?=[^.]+$)/);
  const script = `import importlib, json, sys
print(json.dumps(getattr(importlib.import_module("${module}"), "${name}")(json.loads(sys.argv[1]), None)))`;
  const { output, errors } = await runProgram('python3', ['-c', script, JSON.stringify(event)], {
    PYTHONPATH: join(directory, 'hookPython'),
    ROLLCALL_API_URL: variables.ROLLCALL_API_URL,
    AWS_SECRET_ACCESS_KEY: variables.AWS_SECRET_ACCESS_KEY,
  });
  assert.notEqual(output, '', errors);
  return JSON.parse(output);
}

/** Lambda, in so far as it invokes a function and gives back what comes of it. */
async function aLambda(t: TestContext, functions: Readonly<Record<string, Handler>>): Promise<HookHost> {
  const server = createServer(async (request, response) => {
    const [, name = ''] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(request.url ?? '') ?? [];
    try {
      const answer = await functions[name]?.(JSON.parse(await text(request)));
      response.end(JSON.stringify(answer));
    } catch (error) {
      const { name: errorType, message: errorMessage } = error as Error;
      response.setHeader('x-amz-function-error', 'Unhandled');
      response.end(JSON.stringify({ errorType, errorMessage }));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  process.env['AWS_ENDPOINT_URL_LAMBDA'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return lambdaHookHost();
}

describe('the host of hooks in TypeScript', () => {
  it('runs a hook without a variable of its own, and gives back what it printed', async (t) => {
    const host = await aLambda(t, { hookNode: inNode });
    const source =
      'export const hooks = { onDispatcherIdling() { console.log(Object.keys(process.env).join()); } };';

    const outcome = await host.callHook(inTypescript(source));

    assert.deepEqual(outcome, { kind: 'answered', answer: { kind: 'ok' }, output: '\n' });
  });

  it('ends what hangs, and runs the next one', async (t) => {
    const host = await aLambda(t, { hookNode: inNode });
    const source = 'export const hooks = { onDispatcherIdling() { for (;;); }, onSubmitJob() {} };';

    const hung = await host.callHook(inTypescript(source, 'onDispatcherIdling', { deadlineMs: 1_500 }));
    const next = await host.callHook(inTypescript(source, 'onSubmitJob'));

    assert.equal(hung.kind === 'failed' && hung.reason, 'timed-out');
    assert.equal(next.kind, 'answered');
  });

  it('runs a script, which calls the dispatcher', async (t) => {
    const host = await aLambda(t, { hookNode: inNode });
    const {
      call: _call,
      name: _name,
      ...request
    }: HookRequest = inTypescript(
      "export default async ({ client }) => { console.log('begins'); await client.jobGetList({}); };",
    );

    const outcome = await host.runScript(request);

    assert.equal(outcome.output, 'begins\n');
    assert.match(
      outcome.kind === 'failed' ? outcome.message : '',
      /^line 1: UnreachableError: no answer from /,
    );
  });
});

describe('the host of hooks in Python', () => {
  itWithPython('runs a hook without a secret of its own, and gives back what it printed', async (t) => {
    const host = await aLambda(t, { hookPython: inPythonFunction });
    const functions = `
def onDispatcherIdling(self):
    import os
    print(muster.runningContext(), "AWS_SECRET_ACCESS_KEY" in os.environ)
    return MTemplateError(2, "not now")`;

    const outcome = await host.callHook(inPython(functions));

    assert.deepEqual(outcome, {
      kind: 'answered',
      answer: { kind: 'error', message: 'not now' },
      output: 'dispatcher False\n',
    });
  });

  const failures: readonly (readonly [what: string, body: string, reason: string])[] = [
    ['hangs', 'while True: pass', 'timed-out'],
    ['eats memory', 'all = ["x" * 10**9]', 'out-of-memory'],
    ['ends its process', 'import os; os._exit(3)', 'crashed'],
    ['raises', 'raise ValueError("bad")', 'threw'],
  ];
  for (const [what, body, reason] of failures) {
    itWithPython(`says of one that ${what}: ${reason}`, async (t) => {
      const host = await aLambda(t, { hookPython: inPythonFunction });
      const functions = `def onDispatcherIdling(self):\n    ${body}`;

      const outcome = await host.callHook(inPython(functions, 'onDispatcherIdling', { deadlineMs: 3_000 }));

      assert.equal(outcome.kind === 'failed' && outcome.reason, reason, JSON.stringify(outcome));
    });
  }
});

describe('who calls a host of hooks in AWS', () => {
  it('hears why the function itself went down', async (t) => {
    const failing =
      (message: string): Handler =>
      async () => {
        throw new Error(message);
      };
    const outcomeOf = async (message: string): Promise<unknown> => {
      const outcome = await (await aLambda(t, { hookNode: failing(message) })).callHook(inTypescript(''));
      return outcome.kind === 'failed' ? [outcome.reason, outcome.message] : outcome;
    };

    assert.deepEqual(await outcomeOf('Task timed out after 60.00 seconds'), [
      'timed-out',
      'its function ended: Task timed out after 60.00 seconds',
    ]);
    assert.deepEqual(await outcomeOf('RequestId: 1 Error: Runtime exited with error: signal: killed'), [
      'out-of-memory',
      'its function ended: RequestId: 1 Error: Runtime exited with error: signal: killed',
    ]);
  });
});
