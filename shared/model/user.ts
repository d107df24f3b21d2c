/** People and programs that may call. */
import { boundedText } from './bounded.ts';

export const roles = ['admin', 'user'] as const;
export type Role = (typeof roles)[number];

export const passwordSchema = boundedText(1, 1_024);

/** A user as kept: the password only as a scrypt hash with its parameters. */
export interface UserItem {
  readonly name: string;
  readonly role: Role;
  readonly passwordHash: string;
}

/** Who makes a call, once its token is known. */
export type Caller =
  | { readonly kind: 'user'; readonly name: string; readonly role: Role }
  | { readonly kind: 'node'; readonly nodeId: number }
  | { readonly kind: 'join' };
