/** A user as the API shows them: without what only the dispatcher needs to know. */
import type { User, UserItem } from '../model/user.ts';

export const viewUser = ({
  passwordHash: _hash,
  tokensSince: _since,
  account: _account,
  ...user
}: UserItem): User => user;
