/** The db group. Does not compile while an operation of the contract is missing. */
import * as db from '../../shared/contract/db.ts';
import { groupHandler, type HttpHandler } from '../../shared/http/groupHandler.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { dbBackupFlush } from './dbBackupFlush.ts';
import { dbClearHistoryBounds } from './dbClearHistoryBounds.ts';
import { dbClearStatisticsBounds } from './dbClearStatisticsBounds.ts';
import { dbExportQueueSQL } from './dbExportQueueSQL.ts';
import { dbFlush } from './dbFlush.ts';
import { dbGetHistoryBounds } from './dbGetHistoryBounds.ts';
import { dbGetStatistics } from './dbGetStatistics.ts';
import { dbGetStatisticsBounds } from './dbGetStatisticsBounds.ts';
import { dbHistoryFlush } from './dbHistoryFlush.ts';
import { dbImportQueueSQL } from './dbImportQueueSQL.ts';
import { dbImportUploadLink } from './dbImportUploadLink.ts';

export const createHandler = (context: Context): HttpHandler =>
  groupHandler(
    db,
    {
      dbGetStatisticsBounds,
      dbGetHistoryBounds,
      dbGetStatistics,
      dbClearStatisticsBounds,
      dbClearHistoryBounds,
      dbImportUploadLink,
      dbImportQueueSQL,
      dbExportQueueSQL,
      dbFlush,
      dbHistoryFlush,
      dbBackupFlush,
    },
    context,
  );
