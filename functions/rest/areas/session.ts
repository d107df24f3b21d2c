/** What logging in and out needs: the functions, and the group of the contract that answers them. */
export { createHandler as createSession } from '../../session/index.ts';
export { login } from '../login.ts';
export { logout } from '../logout.ts';
