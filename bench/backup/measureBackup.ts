/**
 * Backs up and restores a long job on a dispatcher of its own, which is killed in the middle of both: how long it takes, and
 * how much memory more than at rest.
 */
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { type Client, createClient } from '../../client/src/client.ts';
import type { Usage } from '../dispatcher.ts';
import { seedJob } from './seedJob.ts';

const tree = join(import.meta.dirname, '../..');
const program = join(tree, 'bench/dispatcherMain.ts');
const ADMIN_PASSWORD = 'password-of-the-bench';
/** Into a request, when the dispatcher is killed. */
const INTO_REQUEST_MS = 150;

export interface Phase {
  readonly seconds: number;
  /** Most memory beyond what the dispatcher held before, of either process. */
  readonly extraMb: number;
  readonly calls: number;
  /** Chunks that were done when it was killed; the next process goes on from there. */
  readonly chunksAtKill: number;
  /** In the first answer after the kill. */
  readonly chunksAfterKill: number;
}

export interface BackupFigures {
  readonly chunks: number;
  readonly backup: Phase;
  readonly restore: Phase;
  readonly bytes: number;
  /** Entries of the archive at the end. */
  readonly entries: number;
  /** Whether every chunk and attempt of the restored job is what it was. */
  readonly isSame: boolean;
}

interface Answer {
  readonly id: number;
  readonly result: 'ready' | 'started';
  readonly chunkCount: number;
  readonly attemptCount: number;
}

export async function measureBackup(chunks: number): Promise<BackupFigures> {
  const data = mkdtempSync(join(tmpdir(), 'rollcall-backup-'));
  let dispatcher: Dispatcher | undefined;
  const restart = async (): Promise<Dispatcher> => {
    await dispatcher?.kill();
    dispatcher = await startDispatcher(data);
    return dispatcher;
  };
  try {
    await seedJob(data, chunks);
    await restart();
    const backup = await killedInTheMiddle(chunks, restart, (client, requestToken) =>
      client.backupJob({ id: 1, requestToken }),
    );
    const restore = await killedInTheMiddle(chunks, restart, (client, requestToken) =>
      client.backupRestoreJob({ id: 1, actionMode: ['duplicate-entry'], requestToken }),
    );
    const { client } = await restart();
    const { jobs } = await client.backupQuery({});
    const [original, restored] = [await digestOf(client, 1), await digestOf(client, restore.id)];
    return {
      chunks,
      backup: backup.phase,
      restore: restore.phase,
      bytes: jobs[0]?.byteCount ?? 0,
      entries: jobs.length,
      isSame: original === restored,
    };
  } finally {
    await dispatcher?.kill();
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function killedInTheMiddle(
  chunks: number,
  restart: () => Promise<Dispatcher>,
  request: (client: Client, requestToken: string) => Promise<Answer>,
): Promise<{ readonly id: number; readonly phase: Phase }> {
  const requestToken = crypto.randomUUID();
  let { client, usage } = await restart();
  let extraMb = 0;
  let calls = 0;
  const begun = performance.now();
  const atRest = (await usage()).rssMb;
  let answer: Answer;
  do {
    answer = await request(client, requestToken);
    calls += 1;
  } while (answer.result === 'started' && answer.chunkCount < chunks / 2);
  const chunksAtKill = answer.chunkCount;
  const cutOff = request(client, requestToken).catch(() => {});
  await after(INTO_REQUEST_MS);
  extraMb = (await usage()).rssMb - atRest;
  ({ client, usage } = await restart());
  await cutOff;
  const atRestAgain = (await usage()).rssMb;
  answer = await request(client, requestToken);
  const chunksAfterKill = answer.chunkCount;
  for (calls += 2; answer.result === 'started'; calls += 1) answer = await request(client, requestToken);
  extraMb = Math.max(extraMb, (await usage()).rssMb - atRestAgain);
  const seconds = (performance.now() - begun) / 1_000;
  return { id: answer.id, phase: { seconds, extraMb, calls, chunksAtKill, chunksAfterKill } };
}

/** Of chunks and attempts, but for the id of their job. */
async function digestOf(client: Client, jobId: number): Promise<string> {
  const hash = createHash('sha256');
  let pageToken: string | null = null;
  do {
    const page: Awaited<ReturnType<Client['chunkGetList']>> = await client.chunkGetList({
      jobId,
      limit: 1_000,
      ...(pageToken === null ? {} : { pageToken }),
    });
    hash.update(JSON.stringify(page.chunks.map(({ jobId: _, ...chunk }) => chunk)));
    pageToken = page.nextPageToken;
  } while (pageToken !== null);
  do {
    const page: Awaited<ReturnType<Client['chunkGetHistory']>> = await client.chunkGetHistory({
      jobId,
      limit: 1_000,
      ...(pageToken === null ? {} : { pageToken }),
    });
    hash.update(JSON.stringify(page.attempts.map(({ jobId: _, ...attempt }) => attempt)));
    pageToken = page.nextPageToken;
  } while (pageToken !== null);
  return hash.digest('hex');
}

interface Dispatcher {
  readonly client: Client;
  usage(): Promise<Usage>;
  kill(): Promise<void>;
}

async function startDispatcher(data: string): Promise<Dispatcher> {
  const settings = {
    adminPassword: ADMIN_PASSWORD,
    joinToken: 'join-token-of-the-bench',
    // Only calls carry the work on, so that what they took is known.
    tickSeconds: 3_600,
    configuration: {},
  };
  const child = fork(program, [tree, data, JSON.stringify(settings)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  const { token } = await createClient({ url }).login({ name: 'admin', password: ADMIN_PASSWORD });
  return {
    client: createClient({ url, token, retries: 0 }),
    async usage() {
      child.send('usage');
      const [usage] = (await once(child, 'message')) as [Usage];
      return usage;
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
