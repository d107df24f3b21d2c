import type * as contract from '../../shared/contract/templates.ts';
import { userOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const templatePush: OperationFunction<typeof contract.templatePush> = async ({
  context,
  input: { dryRun, ...template },
  operation,
  caller,
  once,
}) => {
  const { checkTemplate, pushTemplate } = await import('../../shared/actions/pushTemplate.ts');
  if (dryRun) {
    await checkTemplate(context, template);
    return { edition: null };
  }
  return { edition: await pushTemplate(context, template, userOf(caller, operation.name).name, once) };
};
