import { importUploadLink } from '../../shared/actions/importUploadLink.ts';
import type * as contract from '../../shared/contract/db.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const dbImportUploadLink: OperationFunction<typeof contract.dbImportUploadLink> = ({ context }) =>
  importUploadLink(context);
