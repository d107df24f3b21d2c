/** The groups group. Does not compile while an operation of the contract is missing. */
import * as groups from '../../shared/contract/groups.ts';
import { groupHandler, type HttpHandler } from '../../shared/http/groupHandler.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { groupAdd } from './groupAdd.ts';
import { groupConfigure } from './groupConfigure.ts';
import { groupGet } from './groupGet.ts';
import { groupGetList } from './groupGetList.ts';
import { groupRemove } from './groupRemove.ts';

export const createHandler = (context: Context): HttpHandler =>
  groupHandler(groups, { groupAdd, groupConfigure, groupGet, groupGetList, groupRemove }, context);
