import { whoAmI } from '../../shared/contract/session.ts';
import type { RestFunction } from './index.ts';

/** Templates are no secret of the farm's, but the list is for who may log in. */
export const templatesList: RestFunction = async ({ context, operate }) => {
  await operate(whoAmI, {});
  return { templates: context.templates.map(({ id, name, description }) => ({ id, name, description })) };
};
