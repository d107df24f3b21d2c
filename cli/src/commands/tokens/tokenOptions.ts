/** Whose tokens are meant, the same for every command on tokens. */
import type { Command } from 'commander';
import { usageError } from '../../failure.ts';

export interface TokenOptions {
  readonly user?: string;
  readonly join?: boolean;
}

export const addTokenOptions = (command: Command): Command =>
  command
    .option('--user <name>', 'of another user')
    .option('--join', 'those that nodes register with, instead of those of a user');

export function whose({ user, join = false }: TokenOptions): { kind: 'user' | 'join'; user?: string } {
  if (join && user !== undefined) throw usageError('give --user or --join, not both');
  return { kind: join ? 'join' : 'user', ...(user === undefined ? {} : { user }) };
}
