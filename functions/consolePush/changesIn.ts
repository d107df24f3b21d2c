/** What a record of the change feed means to Consoles. */
import type { Change, ChangeEvent } from '../../shared/contract/consoleEvents.ts';
import type { LiveMessage } from '../../shared/model/client.ts';
import type { NodeState } from '../../shared/model/node.ts';
import { chunkOf } from '../../shared/store/chunkStore.ts';
import { connectionOf } from '../../shared/store/connectionStore.ts';
import { stateOf } from '../../shared/store/jobStore.ts';
import { keys, kindOf } from '../../shared/store/keys.ts';
import { type ListNews, messageOf } from '../../shared/store/messageStore.ts';
import { nodeStateOf } from '../../shared/store/nodeStore.ts';
import type { FeedRecord, Item } from '../../shared/store/table.ts';

export type Happening =
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'message'; readonly message: LiveMessage }
  | { readonly kind: 'list'; readonly list: ListNews['list'] }
  | { readonly kind: 'end'; readonly connectionId: string; readonly reason: string }
  /** Tokens of a user, or one token, may not be good any more. */
  | { readonly kind: 'user'; readonly name: string }
  | { readonly kind: 'token'; readonly hash: string };

export function happeningsIn({ before, after }: FeedRecord, sequence: string): Happening[] {
  const key = after ?? before;
  const change = (event: ChangeEvent, content: Omit<Change, 'event' | 'sequence'>): Happening[] => [
    { kind: 'change', change: { event, sequence, ...content } },
  ];
  const named = (topic: 'pools' | 'repositories' | 'users' | 'groups'): Happening[] =>
    change(`${topic}/${verbOf(before, after)}`, {
      name: key?.sk ?? '',
      version: Number((after ?? before)?.['version'] ?? 0),
    });
  switch (key === undefined ? '' : kindOf(key)) {
    case 'STATES':
      return jobState(before, after, change);
    case 'JOBS':
      // A job is there with its state, and gone with it.
      return before === undefined || after === undefined
        ? []
        : change('jobs/changed', { id: keys.idIn(after.sk), specVersion: Number(after['specVersion']) });
    case 'CHUNKS':
      return chunk(before, after, change);
    case 'NODES':
      return change(`nodes/${verbOf(before, after)}`, { id: keys.idIn(key?.sk ?? '') });
    case 'NODESTATES':
      return nodeState(before, after, change);
    case 'POOLS':
      return named('pools');
    case 'REPOSITORIES':
      return named('repositories');
    case 'GROUPS':
      return named('groups');
    case 'USERS':
      return [{ kind: 'user', name: key?.sk ?? '' }, ...named('users')];
    case 'TOKENS':
      return after === undefined ? [{ kind: 'token', hash: key?.pk.slice('TOKENS#'.length) ?? '' }] : [];
    case 'CONFIGURATION':
      return after === undefined ? [] : change('system/changed', { version: Number(after['version'] ?? 0) });
    case 'CONNECTIONS':
      return ending(after);
    case 'MESSAGES':
      return after === undefined || before !== undefined ? [] : told(messageOf(after));
    default:
      return [];
  }
}

type MakeChange = (event: ChangeEvent, content: Omit<Change, 'event' | 'sequence'>) => Happening[];

const verbOf = (before: Item | undefined, after: Item | undefined): 'added' | 'changed' | 'removed' =>
  before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';

/** A job is gone for everybody as soon as it is being deleted. */
function jobState(before: Item | undefined, after: Item | undefined, change: MakeChange): Happening[] {
  const was = before === undefined ? undefined : stateOf(before);
  const is = after === undefined ? was : stateOf(after);
  if (is === undefined || was?.status === 'deleting') return [];
  if (was !== undefined && after !== undefined && was.version === is.version) return [];
  return change(is.status === 'deleting' ? 'jobs/removed' : `jobs/${verbOf(before, after)}`, {
    id: is.id,
    status: is.status,
    previousStatus: was?.status ?? null,
    version: is.version,
  });
}

/** Removed are only chunks of a generation that is over. */
function chunk(before: Item | undefined, after: Item | undefined, change: MakeChange): Happening[] {
  if (after === undefined) return [];
  const { jobId, generation, index, status, version, attempt } = chunkOf(after);
  return change('chunks/changed', {
    jobId,
    generation,
    id: index + 1,
    status,
    previousStatus: before === undefined ? 'queued' : chunkOf(before).status,
    version,
    attempt,
  });
}

/** Added and removed is a node with its settings. A heartbeat that brings load and progress alone is no news. */
function nodeState(before: Item | undefined, after: Item | undefined, change: MakeChange): Happening[] {
  if (after === undefined) return [];
  const was = before === undefined ? undefined : nodeStateOf(before);
  const is = nodeStateOf(after);
  if (was !== undefined && seenOf(was) === seenOf(is)) return [];
  return change('nodes/changed', {
    id: is.id,
    status: is.status,
    previousStatus: was?.status ?? null,
    jobId: is.assignment?.jobId ?? null,
    chunkId: is.assignment === null ? null : is.assignment.index + 1,
  });
}

const seenOf = ({ status, paused, assignment, processPriority, realtimeLog }: NodeState): string =>
  JSON.stringify([status, paused, assignment?.token, processPriority, realtimeLog]);

function ending(after: Item | undefined): Happening[] {
  const { id, endReason } = after === undefined ? { id: '', endReason: null } : connectionOf(after);
  return endReason === null ? [] : [{ kind: 'end', connectionId: id, reason: endReason }];
}

const told = (content: LiveMessage | ListNews): Happening[] =>
  'list' in content ? [{ kind: 'list', list: content.list }] : [{ kind: 'message', message: content }];
