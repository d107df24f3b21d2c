/** The notificators group. Does not compile while an operation of the contract is missing. */
import * as notificators from '../../shared/contract/notificators.ts';
import { groupHandler, type HttpHandler } from '../../shared/http/groupHandler.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { clientNForceDisconnection } from './clientNForceDisconnection.ts';
import { clientNGet } from './clientNGet.ts';
import { clientNGetByUsername } from './clientNGetByUsername.ts';
import { clientNGetList } from './clientNGetList.ts';
import { sendMessageToNotificator } from './sendMessageToNotificator.ts';

export const createHandler = (context: Context): HttpHandler =>
  groupHandler(
    notificators,
    { clientNForceDisconnection, clientNGet, clientNGetByUsername, clientNGetList, sendMessageToNotificator },
    context,
  );
