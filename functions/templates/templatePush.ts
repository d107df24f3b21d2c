import { checkDefinition, pushTemplate } from '../../shared/actions/pushTemplate.ts';
import type * as contract from '../../shared/contract/templates.ts';
import { userOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const templatePush: OperationFunction<typeof contract.templatePush> = async ({
  context,
  input: { definition, dryRun },
  operation,
  caller,
  once,
}) => {
  if (dryRun) {
    await checkDefinition(context, definition);
    return { edition: null };
  }
  return { edition: await pushTemplate(context, definition, userOf(caller, operation.name).name, once) };
};
