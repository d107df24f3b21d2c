/** The templates group. Does not compile while an operation of the contract is missing. */
import * as templates from '../../shared/contract/templates.ts';
import { groupHandler, type HttpHandler } from '../../shared/http/groupHandler.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { templateGet } from './templateGet.ts';
import { templateGetHookFailures } from './templateGetHookFailures.ts';
import { templateGetList } from './templateGetList.ts';
import { templatePush } from './templatePush.ts';
import { templateRemove } from './templateRemove.ts';
import { templateRetryHooks } from './templateRetryHooks.ts';
import { templateRollBack } from './templateRollBack.ts';

export const createHandler = (context: Context): HttpHandler =>
  groupHandler(
    templates,
    {
      templateGetList,
      templateGet,
      templatePush,
      templateRollBack,
      templateRemove,
      templateGetHookFailures,
      templateRetryHooks,
    },
    context,
  );
