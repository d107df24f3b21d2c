#!/usr/bin/env node
/** `mrtool`: the flags and the output of Muster's command line tool, for studio scripts that were written for it. */
import { createClient } from '../../../client/src/client.ts';
import { exitCodeOf } from '../failure.ts';
import { printError } from '../output/screen.ts';
import { act } from './act.ts';
import { dispatcherUrl, parseArguments } from './arguments.ts';
import { query } from './query.ts';
import { submit } from './submit.ts';

/** Nobody waits for a script for ever, and a script repeats nothing by itself. */
const patience = { retries: 3, timeoutMs: 15_000 } as const;

try {
  const given = parseArguments(process.argv.slice(2));
  const url = dispatcherUrl(given);
  const anonymous = createClient({ url, ...patience });
  // Scripts call it once for each thing they do; an hour is long enough for one.
  const { token } = await anonymous.login({ name: given.user, password: given.password, hours: 1 });
  const client = createClient({ url, token, ...patience });
  try {
    if (given.verbosity >= 3) write('Login succesfully');
    if (given.does === 'submit') write(await submit(client, given.flags));
    else if (given.does === 'query')
      for (const line of await query(client, url, token, given.flags)) write(line);
    else write(await act(client, given.flags));
  } finally {
    await client.logout({});
  }
} catch (error) {
  process.exitCode = exitCodeOf(error);
  printError(error);
}

/** Scripts split its output at the line ends of Windows, wherever they run. */
function write(line: string): void {
  process.stdout.write(`${line}\r\n`);
}
