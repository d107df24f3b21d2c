import { logout as operation } from '../../shared/contract/session.ts';
import type { RestFunction } from './index.ts';

export const logout: RestFunction = async ({ operate }) => {
  await operate(operation, {});
  return { result: 'logged out' };
};
