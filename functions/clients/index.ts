/** The clients group. Does not compile while an operation of the contract is missing. */
import * as clients from '../../shared/contract/clients.ts';
import { groupHandler, type HttpHandler } from '../../shared/http/groupHandler.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { clientForceDisconnection } from './clientForceDisconnection.ts';
import { clientGet } from './clientGet.ts';
import { clientGetByUsername } from './clientGetByUsername.ts';
import { clientGetList } from './clientGetList.ts';
import { clientGetSocketUrl } from './clientGetSocketUrl.ts';
import { sendMessageToConsole } from './sendMessageToConsole.ts';

export const createHandler = (context: Context): HttpHandler =>
  groupHandler(
    clients,
    {
      clientForceDisconnection,
      clientGet,
      clientGetByUsername,
      clientGetList,
      clientGetSocketUrl,
      sendMessageToConsole,
    },
    context,
  );
