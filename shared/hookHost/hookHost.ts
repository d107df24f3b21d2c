/**
 * The port to where hooks of pushed templates run: away from the dispatcher's process, environment and rights. Two adapters:
 * `hookProcesses.ts` with processes, and `lambdaHookHost.ts` with functions that have such processes.
 */
import type { HookAnswer, HookCall, HookSource } from '../contract/hooks.ts';

export interface HookHost {
  /** Runs one hook, and ends it at its deadline. Throws only where nothing could be run at all. */
  callHook(request: HookRequest): Promise<HookOutcome>;
  /** Runs a whole file. */
  runScript(request: ScriptRequest): Promise<ScriptOutcome>;
}

export interface ScriptRequest {
  readonly language: HookSource['language'];
  readonly file: string;
  /** Text of the file; types of TypeScript are stripped. */
  readonly source: string;
  readonly deadlineMs: number;
  /** What it calls the dispatcher with. */
  readonly token: string;
}

export interface HookRequest extends ScriptRequest {
  /** Name of the template. */
  readonly name: string;
  readonly call: HookCall;
}

/** Why a hook gave no answer. */
export interface HookFailure {
  readonly kind: 'failed';
  readonly reason: 'threw' | 'timed-out' | 'crashed' | 'out-of-memory';
  readonly message: string;
}

interface Printed {
  /** What it printed: its end, where that was much. */
  readonly output: string;
}

export type HookOutcome = Printed &
  ({ readonly kind: 'answered'; readonly answer: HookAnswer } | HookFailure);
export type ScriptOutcome = Printed & ({ readonly kind: 'ended' } | HookFailure);
