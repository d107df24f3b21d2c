/** What calls about the queue need: their functions, and the groups of the contract that answer them. Loaded with the first. */
export { createHandler as createChunks } from '../../chunks/index.ts';
export { createHandler as createJobs } from '../../jobs/index.ts';
export { queueActions } from '../queueActions.ts';
export { queueList } from '../queueList.ts';
