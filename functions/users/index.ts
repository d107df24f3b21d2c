/** The users group. Does not compile while an operation of the contract is missing. */
import * as users from '../../shared/contract/users.ts';
import { groupHandler, type HttpHandler } from '../../shared/http/groupHandler.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { userAdd } from './userAdd.ts';
import { userConfigure } from './userConfigure.ts';
import { userGet } from './userGet.ts';
import { userGetList } from './userGetList.ts';
import { userRemove } from './userRemove.ts';

export const createHandler = (context: Context): HttpHandler =>
  groupHandler(users, { userAdd, userConfigure, userGet, userGetList, userRemove }, context);
