import type { Command } from 'commander';
import { addRunScript } from './script/run.ts';

export function addScript(program: Command): void {
  const script = program
    .command('script')
    .summary('run a script in the dispatcher')
    .description('Runs scripts where hooks run, with the whole API of the dispatcher at hand.');
  addRunScript(script);
}
