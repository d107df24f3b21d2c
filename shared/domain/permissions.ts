/** Who may do what. */
import type { CallerKind, Operation } from '../contract/operation.ts';
import { DispatcherError } from '../errors.ts';
import type { Group } from '../model/group.ts';
import { type Right, rights } from '../model/right.ts';
import type { Caller, HookHolder, User, UserCaller } from '../model/user.ts';

/** Throws `forbidden` or `unauthenticated` unless this caller may call the operation at all. */
export function assertMayCall(operation: Operation, caller: Caller | undefined): void {
  if (operation.callers.includes('anyone')) return;
  if (caller === undefined) throw new DispatcherError('unauthenticated', { reason: 'none was sent' });
  if (caller.kind === 'user' && caller.hookDepth !== undefined) assertOpenToHooks(operation, caller);
  const kind: CallerKind = caller.kind;
  if (!operation.callers.includes(kind)) {
    throw refusal(caller, operation.name, `it is for ${operation.callers.join(' and ')} tokens`);
  }
  if (operation.right !== undefined && caller.kind === 'user')
    assertHas(caller, operation.name, operation.right);
}

/** What hooks may not change, or not even see: who may log in, and with what. */
const peopleGroups: ReadonlySet<string> = new Set(['users', 'groups']);
const openOfSession = 'whoAmI';

function assertOpenToHooks({ name, group, kind }: Operation, caller: UserCaller): void {
  const isClosed =
    (peopleGroups.has(group) && kind === 'write') || (group === 'session' && name !== openOfSession);
  if (isClosed) throw refusal(caller, name, 'hooks have no say in who may log in');
}

/** Whether the user has a right, of their own or by a group. */
export const hasRight = (caller: UserCaller, right: Right): boolean =>
  caller.isAdmin || caller.rights.includes(right);

/** Throws `forbidden` unless the user has the right. */
export function assertHas(caller: UserCaller, operation: string, right: Right): void {
  if (!hasRight(caller, right)) throw refusal(caller, operation, `it needs the right ${right}`);
}

/**
 * Throws `forbidden` unless the caller may change a job of this owner: the owner, who may change everybody's, and who
 * may change those of a group that the owner is in. `groupsOf` is asked only if it depends on groups.
 */
export async function assertMayChangeJobOf(
  caller: Caller | undefined,
  operation: string,
  owner: string,
  groupsOf: (owner: string) => Promise<readonly string[]>,
): Promise<void> {
  const user = userOf(caller, operation);
  if (user.name === owner || hasRight(user, 'change-all-jobs')) return;
  if (user.groups.length > 0 && hasRight(user, 'change-group-jobs')) {
    const theirs = await groupsOf(owner);
    if (user.groups.some((group) => theirs.includes(group))) return;
  }
  throw refusal(user, operation, `the job belongs to ${owner}`);
}

/** Throws `forbidden` unless the caller may back up, delete with that, and restore jobs of this owner. */
export function assertMayArchiveJobOf(caller: Caller | undefined, operation: string, owner: string): void {
  const user = userOf(caller, operation);
  if (user.name === owner || hasRight(user, 'manage-archive')) return;
  throw refusal(user, operation, `the job belongs to ${owner}`);
}

/** Owner of what a caller creates; another owner needs a right. */
export function ownerFor(caller: Caller | undefined, operation: string, owner: string | undefined): string {
  const user = userOf(caller, operation);
  if (owner === undefined || owner === user.name) return user.name;
  assertHas(user, operation, 'submit-for-others');
  return owner;
}

/** What of a job is limited for some users. */
interface Limited {
  readonly priority?: number | undefined;
  readonly emergencyQueue?: boolean | undefined;
  readonly includedPools?: readonly string[] | undefined;
}

/**
 * The job as the user may submit it or change it so. A priority above the user's highest becomes that; a job that asks
 * for no pool gets the user's. Throws `forbidden` for a pool that is not theirs, and for an emergency, which would go
 * before every priority.
 */
export function withinLimits<Job extends Limited>(
  caller: Caller | undefined,
  operation: string,
  job: Job,
): Job {
  const user = userOf(caller, operation);
  const { pools, maximumPriority } = user;
  if (user.isAdmin) return job;
  if (maximumPriority !== null && job.emergencyQueue === true)
    throw refusal(
      user,
      operation,
      `an emergency goes before priority ${maximumPriority}, the highest allowed`,
    );
  const lowered =
    maximumPriority !== null && (job.priority ?? 0) > maximumPriority
      ? { ...job, priority: maximumPriority }
      : job;
  if (pools.length === 0 || job.includedPools === undefined) return lowered;
  const foreign = job.includedPools.find((pool) => !pools.includes(pool));
  if (foreign !== undefined)
    throw refusal(user, operation, `pool ${foreign} is not among the allowed ones: ${pools.join(', ')}`);
  return job.includedPools.length > 0 ? lowered : { ...lowered, includedPools: [...pools] };
}

/** A user with all that their groups add. */
export function callerOf(user: User, groups: readonly Group[], tokenId: string): UserCaller {
  const ceilings = groups.map(({ maximumPriority }) => maximumPriority);
  return {
    kind: 'user',
    name: user.name,
    isAdmin: user.isAdmin,
    groups: groups.map(({ name }) => name),
    rights: (Object.keys(rights) as Right[]).filter((right) =>
      [user, ...groups].some((holder) => holder.rights.includes(right)),
    ),
    pools: [...new Set([user, ...groups].flatMap((holder) => holder.pools))],
    maximumPriority: user.maximumPriority ?? highest(ceilings),
    tokenId,
  };
}

/** A hook: it has every right but that over people, and no limits. */
export const hookCaller = ({ name, depth }: HookHolder, tokenId: string): UserCaller => ({
  kind: 'user',
  name,
  isAdmin: false,
  groups: [],
  rights: (Object.keys(rights) as Right[]).filter((right) => right !== 'manage-people'),
  pools: [],
  maximumPriority: null,
  tokenId,
  hookDepth: depth,
});

/** So many hooks may lead to a job, each by the one before. */
const MOST_HOOKS = 3;

/** Depth of a job that the caller submits: 0 for a person. Throws `hook-recursion` for a job of a hook of a hook of … */
export function depthOfJobsBy(caller: Caller | undefined): number {
  const depth = caller?.kind === 'user' ? (caller.hookDepth ?? 0) : 0;
  if (depth > MOST_HOOKS) throw new DispatcherError('hook-recursion', { depth, maximum: MOST_HOOKS });
  return depth;
}

/** null, which sets no ceiling, is above every number. */
const highest = (ceilings: readonly (number | null)[]): number | null =>
  ceilings.length === 0 || ceilings.includes(null) ? null : Math.max(...(ceilings as readonly number[]));

/** Throws `forbidden` if rights, or those of a user, go beyond what the caller has. */
export function assertHasAll(
  caller: UserCaller,
  operation: string,
  wanted: { readonly isAdmin?: boolean; readonly rights: readonly Right[] },
): void {
  if (caller.isAdmin) return;
  if (wanted.isAdmin === true) throw refusal(caller, operation, 'only administrators change administrators');
  const missing = wanted.rights.find((right) => !hasRight(caller, right));
  if (missing !== undefined) throw refusal(caller, operation, `its caller lacks the right ${missing}`);
}

/** Throws `forbidden` unless the caller is an administrator: who decides who may log in could become anybody. */
export function assertDecidesLogins(caller: Caller | undefined, operation: string): void {
  const user = userOf(caller, operation);
  if (!user.isAdmin) throw refusal(user, operation, 'only administrators decide who may log in');
}

/** Throws `forbidden` unless the caller is an administrator: a script has more rights than any other user. */
export function assertMayRunScripts(caller: Caller | undefined, operation: string): void {
  const user = userOf(caller, operation);
  if (!user.isAdmin) throw refusal(user, operation, 'only administrators run scripts in the dispatcher');
}

/** The user who calls. Throws `forbidden` for the token of a node, or one that nodes join with. */
export function userOf(caller: Caller | undefined, operation: string): UserCaller {
  if (caller?.kind === 'user') return caller;
  throw refusal(caller, operation, 'it is for users');
}

/** The node that calls. */
export function nodeOf(caller: Caller | undefined, operation: string): number {
  if (caller?.kind === 'node') return caller.nodeId;
  throw refusal(caller, operation, 'it is for nodes');
}

function refusal(caller: Caller | undefined, operation: string, rule: string): DispatcherError {
  return new DispatcherError('forbidden', { caller: nameOf(caller), operation, rule });
}

/** How a caller is named in refusals and logs. */
export function nameOf(caller: Caller | undefined): string {
  switch (caller?.kind) {
    case 'user':
      return caller.hookDepth === undefined ? `User ${caller.name}` : `The ${caller.name}`;
    case 'node':
      return `Node ${caller.nodeId}`;
    case 'join':
      return 'A join token';
    case undefined:
      return 'Nobody';
  }
}
