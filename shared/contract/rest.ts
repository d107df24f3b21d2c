/** Paths of the reference's REST API, which answers by the operations of the contract. */
export const restPaths = [
  '/api/login',
  '/api/logout',
  '/api/pools/list',
  '/api/templates/list',
  '/api/queue/list',
  '/api/queue/actions',
  '/api/nodes/list',
  '/api/nodes/actions',
] as const;
export type RestPath = (typeof restPaths)[number];

/** Every path answers to both methods: clients use either for lists. */
export const restMethods = ['GET', 'POST'] as const;
