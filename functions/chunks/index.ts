/** The chunks group. Does not compile while an operation of the contract is missing. */
import * as chunks from '../../shared/contract/chunks.ts';
import { groupHandler, type HttpHandler } from '../../shared/http/groupHandler.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { chunkGet } from './chunkGet.ts';
import { chunkGetHistory } from './chunkGetHistory.ts';
import { chunkGetList } from './chunkGetList.ts';
import { chunkGetLiveLog } from './chunkGetLiveLog.ts';
import { chunkGetLog } from './chunkGetLog.ts';
import { chunkGetThumbnail } from './chunkGetThumbnail.ts';
import { chunkSetStatus } from './chunkSetStatus.ts';

export const createHandler = (context: Context): HttpHandler =>
  groupHandler(
    chunks,
    {
      chunkGet,
      chunkGetHistory,
      chunkGetList,
      chunkGetLiveLog,
      chunkGetLog,
      chunkGetThumbnail,
      chunkSetStatus,
    },
    context,
  );
