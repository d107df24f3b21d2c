import { templateGetList } from '../../shared/contract/templates.ts';
import { everyPage } from './everyPage.ts';
import type { RestFunction } from './index.ts';

export const templatesList: RestFunction = async ({ request: { parameters }, operate }) => {
  const { entries, nextPageToken } = await everyPage(parameters['pageToken'], async (input) => {
    const { templates, ...rest } = await operate(templateGetList, input);
    return { entries: templates, ...rest };
  });
  return {
    templates: entries.map(({ id, name, description }) => ({ id, name, description })),
    nextPageToken,
  };
};
