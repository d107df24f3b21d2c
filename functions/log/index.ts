/** The log group. Does not compile while an operation of the contract is missing. */
import * as log from '../../shared/contract/log.ts';
import { groupHandler, type HttpHandler } from '../../shared/http/groupHandler.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { logAddInternalMessage } from './logAddInternalMessage.ts';
import { logAddMessage } from './logAddMessage.ts';
import { logClear } from './logClear.ts';
import { logGetList } from './logGetList.ts';

export const createHandler = (context: Context): HttpHandler =>
  groupHandler(log, { logAddInternalMessage, logAddMessage, logClear, logGetList }, context);
