import { outputUploadLinks } from '../../shared/actions/outputUploadLinks.ts';
import type * as contract from '../../shared/contract/nodeProtocol.ts';
import { nodeOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodeUploadLog: OperationFunction<typeof contract.nodeUploadLog> = async ({
  context,
  operation,
  caller,
  input: { session, attempt, hasThumbnail },
}) => outputUploadLinks(context, { nodeId: nodeOf(caller, operation.name), session }, attempt, hasThumbnail);
