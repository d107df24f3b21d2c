/** The agent as the one file that render nodes are given. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { REAL_JOIN_TOKEN, realFarm, until, untilEnded } from '../support/realFarm.ts';

const root = join(import.meta.dirname, '..', '..');

describe('the agent as one file', { timeout: 120_000 }, () => {
  it('tells its options, renders a chunk with the tracer that it brings, and leaves, with nothing beside it', async (t) => {
    const { url, client, folder } = await realFarm(t);
    const alone = join(folder, 'alone');
    mkdirSync(alone);
    execFileSync(process.execPath, [join(root, 'scripts', 'build-node.ts'), join(folder, 'dist')]);
    const file = join(alone, 'rollcall-node.mjs');
    copyFileSync(join(folder, 'dist', 'rollcall-node.mjs'), file);
    const frames = join(folder, 'frames');
    mkdirSync(frames);

    const help = execFileSync(process.execPath, [file, '--help'], { encoding: 'utf8' });
    const agent = spawn(
      process.execPath,
      [file, '--url', url, '--join-token', REAL_JOIN_TOKEN, '--name', 'alpha', '--data', join(alone, 'data')],
      { cwd: alone, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    t.after(() => agent.kill('SIGKILL'));
    let said = '';
    agent.stderr.on('data', (part: Buffer) => {
      said += part.toString();
    });
    const { id } = await client.jobSubmit({
      job: {
        name: 'traced',
        templateId: 900,
        startFrame: 1,
        endFrame: 1,
        packetSize: 1,
        attributes: {
          scene: { value: join(root, 'templates', 'tracer', 'scenes', 'demo.json') },
          output: { value: join(frames, 'frame.####.png') },
          width: { value: 32 },
          height: { value: 18 },
        },
      },
    });
    const job = await untilEnded(client, id);
    agent.kill('SIGTERM');
    const [code] = await once(agent, 'exit');

    assert.match(help, /^Usage: rollcall-node \[options\]\n/);
    assert.equal(job.status, 'completed', said);
    assert.deepEqual(readdirSync(frames), ['frame.0001.png']);
    assert.equal(code, 0, said);
    await until(
      'the node is offline',
      async () => (await client.nodeGetList({ status: 'offline' })).nodes.length === 1,
    );
  });
});
