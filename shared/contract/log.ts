/** The log group: the live log of the dispatcher. */
import * as z from 'zod/mini';
import { boundedText } from '../model/bounded.ts';
import { described } from '../model/described.ts';
import { onDemand } from '../model/onDemand.ts';
import { defineRead, defineWrite, nothing, pageInput } from './operation.ts';

const group = 'log';
const callers = ['user'] as const;
const message = onDemand(() => described(boundedText(1, 1_000), 'One line; line breaks become spaces.'));

export const logGetList = defineRead({
  group,
  name: 'logGetList',
  callers,
  right: 'read-logs',
  input: () => ({ limit: pageInput().limit }),
  output: () => z.strictObject({ lines: described(z.array(z.string()), 'Oldest first.') }),
  text: 'Retrieves the live log: the last lines of the activity log since logClear.',
});

export const logAddMessage = defineWrite({
  group,
  name: 'logAddMessage',
  callers,
  right: 'manage-system',
  reserves: true,
  input: () => ({ message: message() }),
  output: nothing,
  text: "Adds a message to the dispatcher's log, with the caller's name: a line `message` of the activity log of the day.",
});

export const logAddInternalMessage = defineWrite({
  group,
  name: 'logAddInternalMessage',
  callers,
  right: 'manage-system',
  reserves: true,
  input: () => ({ message: message() }),
  output: nothing,
  text: "Adds a message to the dispatcher's internal log, with the caller's name: a line `internal-message` of the activity log of the day.",
});

export const logClear = defineWrite({
  group,
  name: 'logClear',
  callers,
  right: 'manage-system',
  reserves: true,
  input: () => ({}),
  output: nothing,
  text: 'Clears the live log. The logs of the days stay as they are.',
});
