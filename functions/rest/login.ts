import { login as operation } from '../../shared/contract/session.ts';
import type { RestFunction } from './index.ts';

export const login: RestFunction = async ({ request: { parameters }, operate }) => {
  const { token, expiresAt } = await operate(operation, {
    name: String(parameters['username'] ?? ''),
    password: String(parameters['password'] ?? ''),
  });
  return { authToken: token, expires: Math.floor(Date.parse(expiresAt) / 1_000) };
};
