import type { Command } from 'commander';
import { addHookFailures } from './hooks/failures.ts';
import { addRetryHooks } from './hooks/retry.ts';

export function addHooks(program: Command): void {
  const hooks = program
    .command('hooks')
    .summary('see which hooks of templates failed, run them again')
    .description('Shows the hooks of templates that have failed, and runs them again.');
  for (const add of [addHookFailures, addRetryHooks]) add(hooks);
}
