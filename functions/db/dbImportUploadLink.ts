import type * as contract from '../../shared/contract/db.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const dbImportUploadLink: OperationFunction<typeof contract.dbImportUploadLink> = async ({
  context,
}) => (await import('../../shared/actions/readQueueText.ts')).importUploadLink(context);
