import type * as contract from '../../shared/contract/templates.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';
import { declarationOf } from '../../shared/model/template.ts';
import { pageOfIds } from '../../shared/store/pages.ts';

export const templateGetList: OperationFunction<typeof contract.templateGetList> = async ({
  context,
  input,
}) => {
  const ofTheProject = (await context.templates.builtIn()).map(({ id, name, description }) => ({
    id,
    name,
    description,
    edition: null,
  }));
  const pushed = (await context.templates.list()).map((template) => {
    const { id, name, description } = declarationOf(template);
    return { id, name, description, edition: template.edition };
  });
  const { entries, nextPageToken } = pageOfIds('templates', [...ofTheProject, ...pushed], input);
  return { templates: entries, nextPageToken };
};
