/** The repositories group. Does not compile while an operation of the contract is missing. */
import * as repositories from '../../shared/contract/repositories.ts';
import { groupHandler, type HttpHandler } from '../../shared/http/groupHandler.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { repositoriesAdd } from './repositoriesAdd.ts';
import { repositoriesConfigure } from './repositoriesConfigure.ts';
import { repositoriesGet } from './repositoriesGet.ts';
import { repositoriesGetList } from './repositoriesGetList.ts';
import { repositoriesNotifyChanges } from './repositoriesNotifyChanges.ts';
import { repositoriesRemove } from './repositoriesRemove.ts';

export const createHandler = (context: Context): HttpHandler =>
  groupHandler(
    repositories,
    {
      repositoriesAdd,
      repositoriesConfigure,
      repositoriesGet,
      repositoriesGetList,
      repositoriesNotifyChanges,
      repositoriesRemove,
    },
    context,
  );
