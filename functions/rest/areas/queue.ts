/**
 * What logging in and calls about the queue need: their functions, and the groups of the contract that answer them. Loaded
 * with the first of them: clients log in to ask for the queue.
 */
export { createHandler as createChunks } from '../../chunks/index.ts';
export { createHandler as createJobs } from '../../jobs/index.ts';
export { createHandler as createSession } from '../../session/index.ts';
export { login } from '../login.ts';
export { logout } from '../logout.ts';
export { queueActions } from '../queueActions.ts';
export { queueList } from '../queueList.ts';
