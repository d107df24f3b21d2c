/** The HTTPS side of render nodes. Does not compile while an operation of the contract is missing. */
import * as nodeProtocol from '../../shared/contract/nodeProtocol.ts';
import { groupHandler, type HttpHandler } from '../../shared/http/groupHandler.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { nodeAnswerCommand } from './nodeAnswerCommand.ts';
import { nodeClaim } from './nodeClaim.ts';
import { nodeFetchCommands } from './nodeFetchCommands.ts';
import { nodeHeartbeat } from './nodeHeartbeat.ts';
import { nodeLeave } from './nodeLeave.ts';
import { nodeMailboxCredentials } from './nodeMailboxCredentials.ts';
import { nodeRegister } from './nodeRegister.ts';
import { nodeReport } from './nodeReport.ts';
import { nodeSendLog } from './nodeSendLog.ts';
import { nodeUpdate } from './nodeUpdate.ts';
import { nodeUploadLog } from './nodeUploadLog.ts';

export const createHandler = (context: Context): HttpHandler =>
  groupHandler(
    nodeProtocol,
    {
      nodeAnswerCommand,
      nodeClaim,
      nodeHeartbeat,
      nodeLeave,
      nodeMailboxCredentials,
      nodeRegister,
      nodeReport,
      nodeUploadLog,
      nodeFetchCommands,
      nodeSendLog,
      nodeUpdate,
    },
    context,
  );
