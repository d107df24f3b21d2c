/** What calls about nodes, pools and templates need: their functions, and the groups of the contract that answer them. */
export { createHandler as createNodes } from '../../nodes/index.ts';
export { createHandler as createPools } from '../../pools/index.ts';
export { createHandler as createTemplates } from '../../templates/index.ts';
export { nodesActions } from '../nodesActions.ts';
export { nodesList } from '../nodesList.ts';
export { poolsList } from '../poolsList.ts';
export { templatesList } from '../templatesList.ts';
