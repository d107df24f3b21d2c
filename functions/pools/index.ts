/** The pools group. Does not compile while an operation of the contract is missing. */
import * as pools from '../../shared/contract/pools.ts';
import { groupHandler, type HttpHandler } from '../../shared/http/groupHandler.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { poolAdd } from './poolAdd.ts';
import { poolConfigure } from './poolConfigure.ts';
import { poolGet } from './poolGet.ts';
import { poolGetList } from './poolGetList.ts';
import { poolNotifyChanges } from './poolNotifyChanges.ts';
import { poolRemove } from './poolRemove.ts';

export const createHandler = (context: Context): HttpHandler =>
  groupHandler(
    pools,
    { poolAdd, poolConfigure, poolGet, poolGetList, poolNotifyChanges, poolRemove },
    context,
  );
