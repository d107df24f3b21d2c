/** The contract as one value: router, infrastructure, local gateway and generators iterate over it. */
import * as backup from './backup.ts';
import * as chunks from './chunks.ts';
import * as clients from './clients.ts';
import * as db from './db.ts';
import * as groups from './groups.ts';
import * as jobs from './jobs.ts';
import * as log from './log.ts';
import * as nodeProtocol from './nodeProtocol.ts';
import * as nodes from './nodes.ts';
import * as notificators from './notificators.ts';
import type { Operation } from './operation.ts';
import * as pools from './pools.ts';
import * as repositories from './repositories.ts';
import * as session from './session.ts';
import * as system from './system.ts';
import * as templates from './templates.ts';
import * as users from './users.ts';

/** Operations by group and name. */
export const contract = {
  jobs: { ...jobs },
  chunks: { ...chunks },
  nodes: { ...nodes },
  clients: { ...clients },
  notificators: { ...notificators },
  users: { ...users },
  groups: { ...groups },
  pools: { ...pools },
  repositories: { ...repositories },
  templates: { ...templates },
  backup: { ...backup },
  db: { ...db },
  system: { ...system },
  log: { ...log },
  session: { ...session },
  nodeProtocol: { ...nodeProtocol },
} as const satisfies Record<string, Record<string, Operation>>;

export type Contract = typeof contract;
export type GroupName = keyof Contract;

/** Every operation, in the order of the contract. */
export const operations: readonly Operation[] = Object.values(contract).flatMap((group) =>
  Object.values(group as Record<string, Operation>),
);
