/** A call of a hook, for tests of where hooks run; what a case does not care about is filled in. */
import type { DispatcherHook, HookCall } from '../../shared/contract/hooks.ts';
import type { HookRequest } from '../../shared/hookHost/hookHost.ts';
import { aTemplate } from './pythonTemplates.ts';

const emptyCall = { key: 'key 1', job: null, chunk: null, user: null, depth: 0 };

/** A call of one hook of a file in TypeScript without types. */
export const inTypescript = (
  source: string,
  hook: DispatcherHook = 'onDispatcherIdling',
  fields: Partial<HookRequest> = {},
): HookRequest => ({
  language: 'typescript',
  file: 'studio.ts',
  name: 'studio',
  source,
  call: { ...emptyCall, hook } as HookCall,
  deadlineMs: 20_000,
  token: 'none',
  ...fields,
});

/** A call of one hook of a template in Python, of which its functions are given. */
export const inPython = (
  functions: string,
  hook: DispatcherHook = 'onDispatcherIdling',
  fields: Partial<HookRequest> = {},
): HookRequest => ({
  ...inTypescript(aTemplate({ functions }), hook),
  language: 'python',
  file: 'studio.py',
  ...fields,
});
