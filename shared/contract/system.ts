/** The system group, as far as it is built: the selection engine. */
import * as z from 'zod/mini';
import { described } from '../model/described.ts';
import { onDemand } from '../model/onDemand.ts';
import { defineRead, defineWrite } from './operation.ts';

const group = 'system';
const callers = ['user'] as const;
const status = onDemand(() =>
  z.strictObject({ running: described(z.boolean(), 'Whether the engine hands out chunks.') }),
);

export const systemQueryEngineStatus = defineRead({
  group,
  name: 'systemQueryEngineStatus',
  callers,
  input: () => ({}),
  output: status,
  text: 'Tells whether the selection engine is running.',
});

export const systemSwapEngineStatus = defineWrite({
  group,
  name: 'systemSwapEngineStatus',
  callers,
  right: 'manage-system',
  reserves: true,
  input: () => ({}),
  output: status,
  errors: ['conflict'],
  text: 'Stops the selection engine if it runs and starts it if it does not. While it is stopped no chunk is handed out; those that run go on. It takes effect within five seconds everywhere. Consoles hear `system/changed`.',
});
