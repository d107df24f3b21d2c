/** The jobs group. Does not compile while an operation of the contract is missing. */
import * as jobs from '../../shared/contract/jobs.ts';
import { groupHandler, type HttpHandler } from '../../shared/http/groupHandler.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { jobAddFolder } from './jobAddFolder.ts';
import { jobDelete } from './jobDelete.ts';
import { jobEdit } from './jobEdit.ts';
import { jobExplain } from './jobExplain.ts';
import { jobGet } from './jobGet.ts';
import { jobGetList } from './jobGetList.ts';
import { jobReinit } from './jobReinit.ts';
import { jobReparent } from './jobReparent.ts';
import { jobSubmit } from './jobSubmit.ts';
import { jobUpdate } from './jobUpdate.ts';
import { jobUpdateStatus } from './jobUpdateStatus.ts';

export const createHandler = (context: Context): HttpHandler =>
  groupHandler(
    jobs,
    {
      jobAddFolder,
      jobDelete,
      jobEdit,
      jobExplain,
      jobGet,
      jobGetList,
      jobReinit,
      jobReparent,
      jobSubmit,
      jobUpdate,
      jobUpdateStatus,
    },
    context,
  );
