/** Who may do what. */
import type { CallerKind, Operation } from '../contract/operation.ts';
import { DispatcherError } from '../errors.ts';
import type { Caller } from '../model/user.ts';

/** Operations that change the farm and not one's own jobs: administrators only. */
const ADMIN_GROUPS: ReadonlySet<string> = new Set(['nodes', 'pools', 'system']);

/** Throws `forbidden` or `unauthenticated` unless this kind of caller may call the operation at all. */
export function assertMayCall(operation: Operation, caller: Caller | undefined): void {
  if (operation.callers.includes('anyone')) return;
  if (caller === undefined) throw new DispatcherError('unauthenticated', { reason: 'none was sent' });
  const kind: CallerKind = caller.kind;
  if (!operation.callers.includes(kind)) {
    throw notFor(caller, operation.name, `it is for ${operation.callers.join(' and ')} tokens`);
  }
  if (
    caller.kind === 'user' &&
    caller.role !== 'admin' &&
    operation.kind === 'write' &&
    ADMIN_GROUPS.has(operation.group)
  ) {
    throw notFor(caller, operation.name, 'it is for administrators');
  }
}

/** A check that throws `forbidden` unless the caller is the owner or an administrator. */
export const mayChange =
  (caller: Caller | undefined, operation: string) =>
  (owner: string): void => {
    const { name, role } = userOf(caller, operation);
    if (role !== 'admin' && name !== owner) {
      throw new DispatcherError('forbidden', {
        caller: nameOf(caller),
        operation,
        rule: `the job belongs to ${owner}`,
      });
    }
  };

/** Owner of what a caller creates; another owner is for administrators. */
export function ownerFor(caller: Caller | undefined, operation: string, owner: string | undefined): string {
  const { name, role } = userOf(caller, operation);
  if (owner === undefined || owner === name) return name;
  if (role !== 'admin') {
    const rule = `only an administrator submits for ${owner}`;
    throw new DispatcherError('forbidden', { caller: nameOf(caller), operation, rule });
  }
  return owner;
}

/** The user who calls. */
export function userOf(caller: Caller | undefined, operation: string): Extract<Caller, { kind: 'user' }> {
  if (caller?.kind === 'user') return caller;
  throw notFor(caller, operation, 'it is for users');
}

/** The node that calls. */
export function nodeOf(caller: Caller | undefined, operation: string): number {
  if (caller?.kind === 'node') return caller.nodeId;
  throw notFor(caller, operation, 'it is for nodes');
}

function notFor(caller: Caller | undefined, operation: string, rule: string): DispatcherError {
  return new DispatcherError('forbidden', { caller: nameOf(caller), operation, rule });
}

function nameOf(caller: Caller | undefined): string {
  switch (caller?.kind) {
    case 'user':
      return `User ${caller.name}`;
    case 'node':
      return `Node ${caller.nodeId}`;
    case 'join':
      return 'A join token';
    case undefined:
      return 'Nobody';
  }
}
