/**
 * The host of hooks in TypeScript in AWS. They run in processes beside this one, so that they see neither its environment nor
 * its rights, and one that hangs costs its own process.
 */
import { fileURLToPath } from 'node:url';
import type {
  HookOutcome,
  HookRequest,
  ScriptOutcome,
  ScriptRequest,
} from '../../shared/hookHost/hookHost.ts';
import { HookProcesses } from '../../shared/hookHost/hookProcesses.ts';
import { nodeHookProgram } from '../../shared/hookHost/nodeHookProgram.ts';
import { apiVariable, required } from '../../shared/runtime/env.ts';

const runner = fileURLToPath(new URL('hookRunner.mjs', import.meta.url));
const processes = new HookProcesses({
  programs: async () => nodeHookProgram([runner]),
  url: required(apiVariable),
});

type HookEvent = (HookRequest & { readonly work: 'hook' }) | (ScriptRequest & { readonly work: 'script' });

export const handler = (event: HookEvent): Promise<HookOutcome | ScriptOutcome> =>
  event.work === 'hook' ? processes.callHook(event) : processes.runScript(event);
