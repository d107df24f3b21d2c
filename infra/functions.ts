/** How each function runs. What it may touch stands in `access.ts`. */
import type { FunctionName } from './access.ts';

export interface FunctionSettings {
  /** What calls it, in words. */
  readonly calledBy: string;
  /** Processor time comes with memory: 1,769 MB are one core. */
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
}

/** Below the 30 s at which the HTTP API gives up, so that the caller hears an answer of ours. */
const HTTP_SECONDS = 25;

/** A password's hash is 32 MB and 60 ms of a whole core. */
const hashing = { calledBy: 'HTTP API', memoryMegabytes: 1_024, timeoutSeconds: HTTP_SECONDS };
const http = { calledBy: 'HTTP API', memoryMegabytes: 512, timeoutSeconds: HTTP_SECONDS };

export const functionSettings: Readonly<Record<FunctionName, FunctionSettings>> = {
  jobs: http,
  chunks: http,
  nodes: http,
  clients: http,
  notificators: http,
  users: hashing,
  groups: http,
  pools: http,
  repositories: http,
  templates: http,
  // Five thousand chunks at a time are packed and unpacked.
  backup: { calledBy: 'HTTP API', memoryMegabytes: 1_024, timeoutSeconds: HTTP_SECONDS },
  // A long text of SQL is read by a process of its own, and its rows are checked as a whole.
  db: { calledBy: 'HTTP API', memoryMegabytes: 1_769, timeoutSeconds: HTTP_SECONDS },
  system: http,
  log: http,
  session: hashing,
  // It logs people in.
  rest: hashing,
  nodeProtocol: http,
  console: { calledBy: 'WebSocket API', memoryMegabytes: 512, timeoutSeconds: HTTP_SECONDS },
  projector: { calledBy: 'change feeds of `queue` and `farm`', memoryMegabytes: 512, timeoutSeconds: 60 },
  consolePush: {
    calledBy: 'change feeds of `queue` and `farm`, once a second',
    memoryMegabytes: 512,
    timeoutSeconds: 60,
  },
  dispatch: { calledBy: 'queue `dispatch`', memoryMegabytes: 512, timeoutSeconds: 30 },
  // A million chunks are some 300 MB to read.
  recount: { calledBy: 'queue `recount`', memoryMegabytes: 1_024, timeoutSeconds: 60 },
  hooks: { calledBy: 'queue `hooks`', memoryMegabytes: 512, timeoutSeconds: 60 },
  events: { calledBy: 'queue `events`', memoryMegabytes: 512, timeoutSeconds: 30 },
  idling: { calledBy: 'schedule, each minute', memoryMegabytes: 512, timeoutSeconds: 120 },
  firstStart: { calledBy: 'hand, once', memoryMegabytes: 512, timeoutSeconds: 30 },
};
