/** Work orders for the tests of the node agent: whatever a case does not care about is filled in. */

import type { DesiredState, WorkOrder } from '../../../client/src/generated.ts';
import { exitCodeChecks } from '../../../shared/domain/exitCodeChecks.ts';

export interface OrderFields extends Omit<Partial<WorkOrder>, 'checks'> {
  readonly token?: string;
  readonly jobId?: number;
  readonly checks?: Partial<WorkOrder['checks']> | undefined;
}

export function anOrder({ token = 'token-1', jobId = 7, checks, ...fields }: OrderFields = {}): WorkOrder {
  return {
    assignment: { jobId, generation: 1, index: 0, total: 10, attempt: 1, token },
    jobName: 'shot 010',
    templateId: 43,
    packet: { startFrame: 1, endFrame: 1, byFrame: 1, frameCount: 1, slice: 0 },
    program: process.execPath,
    arguments: [],
    environment: {},
    startingFolder: null,
    timeoutSeconds: 0,
    frameCheck: null,
    ...fields,
    checks: {
      ...exitCodeChecks,
      checksExitCode: true,
      ...checks,
    },
  };
}

/** An order for a program of this very Node. */
export const scriptOrder = (script: string, fields: OrderFields = {}): WorkOrder =>
  anOrder({ arguments: ['--eval', script], ...fields });

/** What a node should be, of which a case names what it cares about. */
export const aDesiredState = (fields: Partial<DesiredState> = {}): DesiredState => ({
  paused: false,
  processPriority: 'normal',
  realtimeLog: false,
  commandNo: 0,
  heartbeatSeconds: 30,
  farmRevision: 0,
  ...fields,
});
