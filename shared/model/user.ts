/** People and programs that may call. */
import * as z from 'zod/mini';
import { boundedInt, boundedText } from './bounded.ts';
import { described } from './described.ts';
import { grants } from './group.ts';
import { nameSchema } from './ids.ts';
import { onDemand } from './onDemand.ts';
import type { Right } from './right.ts';
import { timeSchema } from './time.ts';

/** The user of the first start: always there, always an administrator. */
export const FIRST_USER = 'admin';

/** What names of users of the directory begin with, as in the reference: nobody there takes the name of somebody here. */
export const DIRECTORY_PREFIX = '@directory@';

/** What names of users of the provider of identities begin with: nor do these take the name of somebody of the directory. */
export const SSO_PREFIX = '@sso@';

export const passwordSchema = onDemand(() => boundedText(1, 1_024));

export const userSchema = onDemand(() =>
  z
    .strictObject({
      name: nameSchema(),
      description: z.string().check(z.maxLength(1_024)),
      email: z.string().check(z.maxLength(254)),
      isAdmin: described(z.boolean(), 'Has every right and no limits.'),
      isEnabled: described(z.boolean(), 'Whether the user may log in, and whether their tokens work.'),
      groups: described(z.array(nameSchema()).check(z.maxLength(100)), 'Groups that the user is in.'),
      ...grants(),
      version: described(
        boundedInt(0),
        'Grows with each change; 0 for a user of the directory who has never logged in.',
      ),
    })
    .register(z.globalRegistry, { id: 'User' }),
);
export type User = z.infer<ReturnType<typeof userSchema>>;

/** A user as kept. */
export interface UserItem extends User {
  /** scrypt with its parameters; null for who has no password here, such as a program with a token. */
  readonly passwordHash: string | null;
  /** Tokens made before are void: set with each password, and when the user is added. */
  readonly tokensSince: string;
  /** The account of a user of the provider of identities: that of their first login, and no other. */
  readonly account?: Account;
}

/** Who somebody is at a provider of identities, for good: names there can be given to others. */
export interface Account {
  readonly issuer: string;
  readonly subject: string;
}

/** Whether a name is of somebody whom another system knows, who has no password here. */
export const isElsewhere = (name: string): boolean =>
  name.startsWith(DIRECTORY_PREFIX) || name.startsWith(SSO_PREFIX);

/** What a new user has who is given nothing else. */
export const newUser: Omit<User, 'name' | 'version'> = {
  description: '',
  email: '',
  isAdmin: false,
  isEnabled: true,
  groups: [],
  rights: [],
  pools: [],
  maximumPriority: null,
};

/** Whom a token stands for. */
export type TokenHolder =
  | { readonly kind: 'user'; readonly name: string }
  | { readonly kind: 'node'; readonly nodeId: number }
  | { readonly kind: 'join' }
  | HookHolder;

/** A hook or a script that runs in the dispatcher. */
export interface HookHolder {
  readonly kind: 'hook';
  /** How it is named where people are: `hook Toon`. */
  readonly name: string;
  /** What it submits is so many hooks away from a person, itself counted. */
  readonly depth: number;
}

/** Who makes a call, once its token is known: a user with all that their groups add. */
export type Caller =
  | UserCaller
  | { readonly kind: 'node'; readonly nodeId: number }
  | { readonly kind: 'join' };

/** Somebody with rights: a user, or a hook, which acts as a user that nobody is. */
export interface UserCaller {
  readonly kind: 'user';
  readonly name: string;
  readonly isAdmin: boolean;
  readonly groups: readonly string[];
  readonly rights: readonly Right[];
  /** Pools that the user's jobs may ask for; none means every pool. */
  readonly pools: readonly string[];
  readonly maximumPriority: number | null;
  /** Id of the token of this call. */
  readonly tokenId: string;
  /** Of a hook: how many hooks away from a person what it submits is. */
  readonly hookDepth?: number;
}

/** A token as its list shows it: never the token. */
export const tokenSchema = onDemand(() =>
  z
    .strictObject({
      id: z.string().check(z.minLength(1), z.maxLength(64)),
      kind: described(
        z.enum(['user', 'join']),
        '`join` lets nodes register; it belongs to the farm and to no user.',
      ),
      description: described(z.string().check(z.maxLength(256)), 'What it is for.'),
      createdAt: timeSchema(),
      createdBy: z.string(),
      expiresAt: described(z.nullable(timeSchema()), 'null for one that is good until it is revoked.'),
    })
    .register(z.globalRegistry, { id: 'Token' }),
);
export type Token = z.infer<ReturnType<typeof tokenSchema>>;
