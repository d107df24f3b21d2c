/** `-q X`: what there is, a line each, in the columns that were asked for. */
import type { Client } from '../../../client/src/client.ts';
import type { Chunk, Job, Node } from '../../../client/src/generated.ts';
import { frameRange } from '../arguments/frames.ts';
import { exitCodes } from '../exitCodes.ts';
import { CliError, usageError } from '../failure.ts';
import { collect } from '../pages.ts';
import { type Flags, one, oneNumber } from './arguments.ts';
import { elapsed, localTime, rows } from './layout.ts';

/** Longer answers than any farm gives; it only keeps a broken one from never ending. */
const MOST = 1_000_000;

type Column<Entry> = (entry: Entry) => string;

/** The columns of a kind by their names. Throws a usage error for one that it does not have. */
function columns<Entry>(
  flag: string,
  known: Readonly<Record<string, Column<Entry>>>,
  names: readonly string[],
): (readonly [string, Column<Entry>])[] {
  return names.map((name) => {
    const column = Object.hasOwn(known, name) ? known[name] : undefined;
    if (column === undefined)
      throw usageError(`-${flag} has no field ${name}; it has ${Object.keys(known).join(', ')}`);
    return [name, column];
  });
}

export async function query(client: Client, url: string, token: string, flags: Flags): Promise<string[]> {
  const fields = (flag: string, standard: string): string[] =>
    (one(flags, flag) ?? standard).split(',').map((name) => name.trim());
  const layout = { hasHeader: one(flags, 'H') !== '0', isPadded: one(flags, 'S') === '0' };
  const what = one(flags, 'q');
  switch (what) {
    case 'j':
      return rows(await jobs(client, flags), columns('jf', jobColumns, fields('jf', 'id,name,type')), layout);
    case 'h':
      return rows(
        await chunks(client, flags),
        columns('hf', chunkColumns, fields('hf', 'id,status,sf,ef')),
        layout,
      );
    case 'p':
      return rows(await members(client), columns('pf', poolColumns, fields('pf', 'parent,name')), layout);
    case 'c':
      return rows(await nodes(client), columns('cf', nodeColumns, fields('cf', 'name,status,jobid')), layout);
    case 't':
      return templates(url, token);
    case 'n':
      // Scripts use it to find out whether they can log in.
      return [];
    default:
      throw usageError(
        `-q takes j (jobs), h (chunks), p (pools), c (nodes), t (templates) or n, not ${what}`,
      );
  }
}

const jobStatusTexts: Readonly<Record<Job['status'], string>> = {
  waiting: 'waiting',
  delayed: 'delayed',
  queued: 'queued',
  'in-progress': 'in progress',
  completed: 'completed',
  'completed-with-warnings': 'completed (W)',
  failed: 'failed',
  deleting: 'deleting',
  folder: 'folder',
};

/** Numbers of the reference for `-jobstatus`. */
const jobStatusNumbers: readonly Job['status'][] = [
  'folder',
  'queued',
  'in-progress',
  'completed',
  'completed-with-warnings',
  'failed',
  'waiting',
  'delayed',
  'deleting',
];

const jobColumns: Readonly<Record<string, Column<Job>>> = {
  id: ({ id }) => String(id),
  name: ({ name }) => name,
  type: ({ type }) => (type === 'folder' ? 'Folder' : 'Job'),
  submitter: ({ owner }) => owner,
  status: ({ status, paused }) => (paused ? 'paused' : jobStatusTexts[status]),
  group: ({ project }) => project,
  department: ({ department }) => department,
  parent: ({ parentId }) => String(parentId),
  priority: ({ priority }) => String(priority),
  engine: ({ templateId }) => String(templateId),
  sf: ({ startFrame }) => String(startFrame),
  ef: ({ endFrame }) => String(endFrame),
  step: ({ byFrame }) => String(byFrame),
  frames: (job) => frameRange(job),
  pksize: ({ packetSize }) => String(packetSize),
  start: ({ startedAt }) => localTime(startedAt),
  end: ({ endedAt }) => localTime(endedAt),
  totalt: ({ startedAt, endedAt }) => elapsed(startedAt, endedAt),
  progress: ({ progress }) => String(Math.round(progress * 100)),
};

const chunkStatusTexts: Readonly<Record<Chunk['status'], string>> = {
  waiting: 'waiting',
  queued: 'queued',
  running: 'in progress',
  completed: 'completed',
  warning: 'completed (W)',
  failed: 'failed',
};

const chunkColumns: Readonly<Record<string, Column<Chunk>>> = {
  id: ({ chunkId }) => String(chunkId),
  status: ({ status }) => chunkStatusTexts[status],
  sf: ({ startFrame }) => String(startFrame),
  ef: ({ endFrame }) => String(endFrame),
  elapsed: ({ startedAt, endedAt }) => elapsed(startedAt, endedAt),
  st: ({ startedAt }) => localTime(startedAt),
};

const poolColumns: Readonly<Record<string, Column<{ readonly pool: string; readonly member: string }>>> = {
  parent: ({ pool }) => pool,
  name: ({ member }) => member,
};

const nodeStatusTexts: Readonly<Record<Node['status'], string>> = {
  offline: 'offline',
  idle: 'idle',
  working: 'in progress',
  paused: 'paused',
};

const nodeColumns: Readonly<Record<string, Column<Node>>> = {
  id: ({ id }) => String(id),
  name: ({ name }) => name,
  status: ({ status }) => nodeStatusTexts[status],
  jobid: ({ jobId }) => String(jobId ?? -1),
};

async function jobs(client: Client, flags: Flags): Promise<readonly Job[]> {
  const only = oneNumber(flags, 'job');
  if (only !== undefined) return [(await client.jobGet({ id: only })).job];
  const parentId = oneNumber(flags, 'jobparent');
  const number = oneNumber(flags, 'jobstatus');
  const status = number === undefined ? undefined : jobStatusNumbers[number];
  const engine = oneNumber(flags, 'jobengine');
  const { entries } = await collect<Job>(MOST, async (page) => {
    const answer = await client.jobGetList({
      ...page,
      ...(parentId === undefined ? {} : { parentId }),
      ...(status === undefined ? {} : { status }),
    });
    return { entries: answer.jobs, nextPageToken: answer.nextPageToken };
  });
  return engine === undefined ? entries : entries.filter(({ templateId }) => templateId === engine);
}

async function chunks(client: Client, flags: Flags): Promise<readonly Chunk[]> {
  const jobId = oneNumber(flags, 'job');
  if (jobId === undefined) throw usageError('-q h needs -job: the id of the job');
  const only = oneNumber(flags, 'chunk');
  if (only !== undefined) return [(await client.chunkGet({ jobId, chunkId: only })).chunk];
  const { entries } = await collect<Chunk>(MOST, async (page) => {
    const answer = await client.chunkGetList({ jobId, ...page });
    return { entries: answer.chunks, nextPageToken: answer.nextPageToken };
  });
  return entries;
}

/** One for each node in each pool, as the reference has it. */
async function members(client: Client): Promise<{ pool: string; member: string }[]> {
  const { entries } = await collect<{ readonly name: string; readonly nodes: readonly string[] }>(
    MOST,
    async (page) => {
      const answer = await client.poolGetList({ ...page });
      return { entries: answer.pools, nextPageToken: answer.nextPageToken };
    },
  );
  return entries.flatMap(({ name, nodes }) => nodes.map((member) => ({ pool: name, member })));
}

async function nodes(client: Client): Promise<readonly Node[]> {
  const { entries } = await collect<Node>(MOST, async (page) => {
    const answer = await client.nodeGetList({ ...page });
    return { entries: answer.nodes, nextPageToken: answer.nextPageToken };
  });
  return entries;
}

/** Two lines above, then the id, a tabulator and the name, whatever `-H` and `-S` say. */
async function templates(url: string, token: string): Promise<string[]> {
  const response = await fetch(new URL('/api/templates/list', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ RequestData: { authToken: token } }),
  });
  const answer = (await response.json()) as {
    readonly ResponseStatus: { readonly Description: string };
    readonly ResponseData: { readonly templates?: readonly { readonly id: number; readonly name: string }[] };
  };
  const list = answer.ResponseData.templates;
  if (list === undefined) throw new CliError(exitCodes.refused, answer.ResponseStatus.Description);
  return ['UID', '---', ...list.map(({ id, name }) => `${id}\t${name}`)];
}
