/** Two hosts' worth of network: dispatcher and agent at different addresses, on a wire between two namespaces. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { realFarm, until, untilEnded } from '../support/realFarm.ts';

const DISPATCHER = '10.213.77.1';
const NODE = '10.213.77.2';

/** A network namespace at the other end of a wire; undefined where this user may not make one. */
function anotherHost(t: TestContext): string | undefined {
  const name = `rollcall-${process.pid}`;
  const wire = `rc${process.pid}`;
  const ip = (...words: string[]) => execFileSync('ip', words, { stdio: 'ignore' });
  try {
    ip('netns', 'add', name);
  } catch {
    return undefined;
  }
  t.after(() => ip('netns', 'del', name));
  ip('link', 'add', wire, 'type', 'veth', 'peer', 'name', 'node0', 'netns', name);
  ip('address', 'add', `${DISPATCHER}/30`, 'dev', wire);
  ip('link', 'set', wire, 'up');
  ip('-n', name, 'address', 'add', `${NODE}/30`, 'dev', 'node0');
  ip('-n', name, 'link', 'set', 'node0', 'up');
  return name;
}

it('an agent on another host renders and is woken, with outbound connections only', async (t) => {
  const host = anotherHost(t);
  if (host === undefined) return t.skip('needs the right to make a network namespace');
  const { client, farm, startAgent, folder } = await realFarm(t, { host: DISPATCHER });
  const within = ['ip', 'netns', 'exec', host];
  const sockets = (...options: string[]): string[] =>
    execFileSync('ip', ['netns', 'exec', host, 'ss', '-Hnt', ...options], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line !== '');
  const scene = join(import.meta.dirname, '..', '..', 'templates', 'tracer', 'scenes', 'demo.json');
  const frames = (name: string, endFrame: number) => ({
    name,
    templateId: 900,
    startFrame: 1,
    endFrame,
    attributes: {
      scene: { value: scene },
      output: { value: join(folder, `${name}.####.png`) },
      width: { value: 64 },
      height: { value: 36 },
    },
  });
  const agent = startAgent('far', { within });

  await until('the agent waits for work', async () =>
    (await client.nodeGetList({ status: 'idle' })).nodes.some(({ name }) => name === 'far'),
  );
  await until('the agent listens to its mailbox', () => sockets('state', 'established').length > 0);
  const { id } = await client.jobSubmit({ job: frames('pushed', 3) });
  const job = await untilEnded(client, id);

  assert.equal(farm.url.startsWith(`http://${DISPATCHER}:`), true);
  assert.equal(job.status, 'completed', agent.said());
  assert.ok(existsSync(join(folder, 'pushed.0003.png')));
  const { port } = new URL(farm.url);
  const connections = sockets('state', 'established').map((line) => line.split(/\s+/).slice(2, 4));
  assert.ok(connections.length > 0);
  for (const [here, there] of connections) {
    assert.match(here ?? '', new RegExp(`^${NODE}:`));
    assert.equal(there, `${DISPATCHER}:${port}`, 'every connection goes from the agent to the dispatcher');
  }
  assert.deepEqual(sockets('-l'), [], 'nothing on the node listens');
});
