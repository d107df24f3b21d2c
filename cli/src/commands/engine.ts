import { Argument, type Command } from 'commander';
import { exitCodes } from '../exitCodes.ts';
import { CliError } from '../failure.ts';
import { openSession } from '../session.ts';

export function addEngine(program: Command): void {
  program
    .command('engine')
    .addArgument(new Argument('[change]', 'what it should do').choices(['start', 'stop']))
    .summary('show, start or stop the selection engine')
    .description(
      'Shows whether the selection engine hands out chunks, starts it or stops it. While it is stopped chunks that run go on.',
    )
    .action(async (change: 'start' | 'stop' | undefined, _: object, command: Command) => {
      const { client, screen } = openSession(command);
      const before = (await client.systemQueryEngineStatus({})).running;
      const wanted = change === undefined ? before : change === 'start';
      const running = wanted === before ? before : (await client.systemSwapEngineStatus({})).running;
      // The only call there is swaps: when two people start it at once, one of them stops it.
      if (running !== wanted) {
        throw new CliError(
          exitCodes.conflict,
          'somebody else changed the engine at the same time; look and repeat',
        );
      }
      screen.answer({
        json: () => ({ running }),
        text: () => [running ? 'The engine is running.' : 'The engine is stopped: no chunk is handed out.'],
      });
    });
}
