/** The system group. Does not compile while an operation of the contract is missing. */
import * as system from '../../shared/contract/system.ts';
import { groupHandler, type HttpHandler } from '../../shared/http/groupHandler.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { systemQueryEngineStatus } from './systemQueryEngineStatus.ts';
import { systemSwapEngineStatus } from './systemSwapEngineStatus.ts';

export const createHandler = (context: Context): HttpHandler =>
  groupHandler(system, { systemQueryEngineStatus, systemSwapEngineStatus }, context);
