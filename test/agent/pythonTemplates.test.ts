/** Templates in Python on a real farm with real agents: from the push of a file to the frames. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'node:test';
import type { Client } from '../../client/src/client.ts';
import { itWithPython, packageFolder } from '../python/runPython.ts';
import { type TemplateParts, toonFile, writeTemplate } from '../support/pythonTemplates.ts';
import { REAL_JOIN_TOKEN, realFarm, until, untilEnded } from '../support/realFarm.ts';
import { isAlive } from '../unit/nodeagent/realRunner.ts';

/** Describes a file as the command line does, and pushes it. */
async function push(client: Client, file: string): Promise<void> {
  const described = execFileSync('python3', ['-m', '_rollcall.describe', file], {
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: packageFolder },
  });
  const { template } = JSON.parse(described);
  await client.templatePush({ python: { ...template, source: readFileSync(file, 'utf8') } });
}

/** Pushes a template of such functions with id 2100 and submits a job of it. */
async function submit(client: Client, folder: string, parts: TemplateParts, frames = 1): Promise<number> {
  await push(client, writeTemplate(folder, parts));
  const { id } = await client.jobSubmit({
    job: { name: 'studio', templateId: 2_100, startFrame: 1, endFrame: frames, maximumChunksRequeue: 0 },
  });
  return id;
}

const echoes = `
def onBuildCommandLine(self, platform, job, chunk, clientTemplatePreferences, instanceNum):
    return "echo frame %.0f" % chunk.getStartFrame()`;

const messageOf = async (client: Client, id: number): Promise<string> =>
  (await client.chunkGet({ jobId: id, chunkId: 1 })).chunk.message;

describe('a template in Python on a farm', { concurrency: 2, timeout: 180_000 }, () => {
  itWithPython('renders a job as a studio wrote it, with the preferences of the machine', async (t) => {
    const { client, folder, startAgent } = await realFarm(t);
    // The renderer: writes a file for each frame of `--frames A-B`, and says which licence it was given.
    const renderer = join(folder, 'toon');
    writeFileSync(
      renderer,
      `#!/bin/sh
range=$2; frame=\${range%-*}; last=\${range#*-}
echo "toon with $TOON_LICENSE for job $MUSTER_JOB_NAME in $(pwd)"
while [ $frame -le $last ]; do echo "$@" > "$OUT/$frame.txt"; frame=$((frame + 1)); done
exit 42
`,
      { mode: 0o755 },
    );
    const [home, frames] = [join(folder, 'home'), join(folder, 'frames')];
    for (const made of [home, frames]) mkdirSync(made);
    const preferences = join(folder, 'preferences.json');
    writeFileSync(preferences, JSON.stringify({ Toon: { TOONAPP: renderer, TOONHOME: home } }));
    await push(client, toonFile);
    startAgent('alpha', { arguments: ['--template-preferences', preferences] });
    const { id } = await client.jobSubmit({
      job: {
        name: 'shot 010',
        templateId: 1_107,
        startFrame: 1,
        endFrame: 6,
        packetSize: 2,
        environment: { OUT: `${frames}<%= "" if job.getJobId() else "wrong" %>` },
        attributes: { job_file: { value: '/jobs/shot 010.toon' }, ADD_FLAGS: { value: '--fast' } },
      },
    });

    const job = await untilEnded(client, id);
    const log = await until('the log is there', async () => {
      const { url } = await client.chunkGetLog({ jobId: id, chunkId: 1 }).catch(() => ({ url: null }));
      return url === null ? undefined : (await fetch(url)).text();
    });

    assert.equal(job.status, 'completed', await messageOf(client, id));
    assert.deepEqual(readdirSync(frames).sort(), ['1.txt', '2.txt', '3.txt', '4.txt', '5.txt', '6.txt']);
    assert.equal(
      readFileSync(join(frames, '3.txt'), 'utf8'),
      '--frames 3-4 --lines 2 --scene /jobs/shot 010.toon --fast\n',
    );
    assert.match(log, new RegExp(`^toon with 5053@licences for job shot 010 in ${home}$`, 'm'));
  });

  itWithPython(
    'whose function hangs or whose host is killed fails chunks by name; the agent lives on',
    async (t) => {
      const { client, folder, startAgent } = await realFarm(t);
      const agent = startAgent('alpha', { arguments: ['--hook-timeout', '6'] });
      const pidFile = join(folder, 'pid');
      const notesItself = `
def onBuildCommandLine(self, platform, job, chunk, clientTemplatePreferences, instanceNum):
    import os
    open(${JSON.stringify(pidFile)}, "w").write(str(os.getpid()))
    time.sleep(1.5 if job.getName() == "quick" else 600)
    return "true"`;

      const hung = await submit(client, folder, { functions: notesItself });
      const hungJob = await untilEnded(client, hung);
      const hungHost = Number(readFileSync(pidFile, 'utf8'));
      const { id: killed } = await client.jobSubmit({
        job: { name: 'quick', templateId: 2_100, maximumChunksRequeue: 0 },
      });
      const host = await until('the next host is asked', () => {
        const pid = Number(readFileSync(pidFile, 'utf8'));
        return pid !== hungHost && pid;
      });
      process.kill(host, 'SIGKILL');
      const killedJob = await untilEnded(client, killed);
      const { id: good } = await client.jobSubmit({
        job: { name: 'quick', templateId: 2_100, maximumChunksRequeue: 0 },
      });
      const goodJob = await untilEnded(client, good);

      assert.deepEqual(
        [hungJob.status, await messageOf(client, hung)],
        ['failed', 'onBuildCommandLine of template studio did not end within 6 s and was killed'],
      );
      assert.ok(!isAlive(hungHost));
      assert.deepEqual(
        [killedJob.status, await messageOf(client, killed)],
        ['failed', 'onBuildCommandLine of template studio ended the Python process, SIGKILL'],
      );
      assert.equal(goodJob.status, 'completed', await messageOf(client, good));
      assert.equal(agent.process.exitCode, null);
    },
  );

  itWithPython(
    'whose agent is killed in the middle of a function is asked again by the next agent, and once',
    async (t) => {
      const { client, folder, startAgent } = await realFarm(t);
      const first = startAgent('alpha', { arguments: ['--hook-timeout', '600'] });
      const pidFile = join(folder, 'pid');
      const id = await submit(client, folder, {
        functions: `
def onBuildCommandLine(self, platform, job, chunk, clientTemplatePreferences, instanceNum):
    import os
    if os.path.exists(${JSON.stringify(pidFile)}):
        return "true"
    open(${JSON.stringify(pidFile)}, "w").write(str(os.getpid()))
    time.sleep(600)`,
      });
      const host = await until(
        'the function runs',
        () => existsSync(pidFile) && Number(readFileSync(pidFile, 'utf8')),
      );
      await first.kill();

      const second = startAgent('alpha', { data: first.data });
      const job = await untilEnded(client, id);

      assert.equal(job.status, 'completed', await messageOf(client, id));
      assert.ok(!isAlive(host));
      assert.match(second.said(), /ends a render that an earlier agent left running/);
    },
  );

  itWithPython('is told that its node idles, between chunks and not while one is rendered', async (t) => {
    const { client, folder, startAgent } = await realFarm(t);
    const agent = startAgent('alpha');
    const id = await submit(
      client,
      folder,
      {
        functions: `${echoes}
def onClientIdling(self):
    print("nothing to do, as %s" % muster.runningContext())`,
      },
      2,
    );
    await untilEnded(client, id);

    await until('it was called', () =>
      agent.said().includes('alpha: onClientIdling of template studio says: nothing to do, as renderclient'),
    );
  });

  itWithPython('is run by the agent that is one file, which brings its Python with it', async (t) => {
    const { client, folder, url } = await realFarm(t);
    const alone = join(folder, 'alone');
    mkdirSync(alone);
    const build = join(import.meta.dirname, '..', '..', 'scripts', 'build-node.ts');
    execFileSync(process.execPath, [build, join(folder, 'dist')]);
    const file = join(alone, 'rollcall-node.mjs');
    copyFileSync(join(folder, 'dist', 'rollcall-node.mjs'), file);
    const data = ['--data', join(alone, 'data')];
    const agent = spawn(
      process.execPath,
      [file, '--url', url, '--join-token', REAL_JOIN_TOKEN, '--name', 'alpha', ...data],
      { cwd: alone, stdio: 'ignore' },
    );
    t.after(() => agent.kill('SIGKILL'));
    const id = await submit(client, folder, { functions: echoes }, 3);

    const job = await untilEnded(client, id);

    assert.equal(job.status, 'completed', await messageOf(client, id));
  });

  itWithPython('goes past a machine without the interpreter, which is told to whoever asks', async (t) => {
    const { client, folder, startAgent } = await realFarm(t);
    startAgent('alpha', { arguments: ['--python', 'no-python'] });
    const id = await submit(client, folder, { functions: echoes });
    await until('alpha is idle', async () =>
      (await client.nodeGetList({})).nodes.some(({ status }) => status === 'idle'),
    );

    const { nodes } = await client.jobExplain({ id });
    startAgent('beta');
    const job = await untilEnded(client, id);

    assert.deepEqual(
      nodes.map(({ name, rule }) => [name, rule]),
      [['alpha', 'has no python3, which template 2100 needs']],
    );
    assert.equal(job.status, 'completed', await messageOf(client, id));
  });

  itWithPython(
    'as a mere script runs by the Python of the node, with inline Python in its arguments',
    async (t) => {
      const { client, folder, startAgent } = await realFarm(t);
      startAgent('alpha');
      const { id } = await client.jobSubmit({
        job: {
          name: 'shot 010',
          templateId: 910,
          maximumChunksRequeue: 0,
          attributes: {
            code: { value: 'import sys\nopen(sys.argv[1], "w").write(sys.argv[2])' },
            arguments: { value: 'told <%= "%s %.0f" % (job.getName(), chunk.getStartFrame()) %>' },
            expressions: { value: 1 },
            working_folder: { value: folder },
          },
        },
      });

      const job = await untilEnded(client, id);

      assert.equal(job.status, 'completed', await messageOf(client, id));
      assert.equal(readFileSync(join(folder, 'told'), 'utf8'), 'shot 010 1');
    },
  );
});
