#!/usr/bin/env node
/** `rollcall-node`: runs one node or several on this machine until it is told to stop. */
import { CommanderError } from 'commander';
import { measureCapabilities } from './capabilities.ts';
import { runSystemCommand } from './commands/systemCommand.ts';
import { lockDataFolder, SetupError } from './dataFolder.ts';
import { IdleExit } from './idleExit.ts';
import { runNode } from './loop.ts';
import { openNode, systemClock } from './machinePorts.ts';
import type { Exit } from './node.ts';
import type { SystemEvent } from './ports.ts';
import { programEnvironment } from './runner/programEnvironment.ts';
import { type AgentSettings, parseSettings } from './settings.ts';
import { spotNotice } from './spotWatch.ts';
import { sleep } from './waiting.ts';

/** Exit code after an error of the agent itself. */
const bugExitCode = 70;
/** Exit code when what is configured for a system event failed: whoever supervises the agent starts it again. */
const systemCommandExitCode = 7;
/** A spot instance that has so long left interrupts what it renders; draining takes 15 seconds at most. */
const spotReserveMs = 20_000;
const killers = new Set<() => void>();

function say(line: string): void {
  process.stderr.write(`${new Date().toISOString()} ${line}\n`);
}

/** Renders must not outlive the agent, whatever ends it. */
function killAll(): void {
  for (const kill of killers) kill();
}

/** The first signal drains, the second ends at once. */
function drainOnSignals(): AbortSignal {
  const stop = new AbortController();
  for (const [signal, exitCode] of [
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) {
        killAll();
        process.exit(exitCode);
      }
      say(`${signal}: leaves the farm; a second signal ends at once`);
      stop.abort();
    });
  }
  return stop.signal;
}

/** Runs all nodes. When one ends by itself, for a reason that concerns the machine or the farm, all do. */
async function runAgent(settings: AgentSettings): Promise<Exit> {
  const lock = lockDataFolder(settings.dataFolder);
  try {
    const signalled = drainOnSignals();
    const capabilities = await measureCapabilities(process.env, settings.templatePython);
    const leaving = new AbortController();
    const finishing = new AbortController();
    const stop = AbortSignal.any([signalled, leaving.signal]);
    const idleExit =
      settings.idleExitMinutes === undefined
        ? undefined
        : new IdleExit(systemClock, settings.names.length, settings.idleExitMinutes, () => {
            say(`had no work for ${settings.idleExitMinutes} minutes`);
            finishing.abort();
          });
    if (settings.spotEndpoint !== undefined)
      void leaveOnNotice(settings.spotEndpoint, finishing, leaving, stop);
    const nodes = settings.names.map(async (name) => {
      const sayForNode = (line: string): void => say(`${name}: ${line}`);
      const node = openNode(settings, name, capabilities, sayForNode);
      killers.add(node.killNow);
      await node.endLeftover();
      const exit = await runNode(node.identity, node.ports, { stop, finish: finishing.signal }, (state) => {
        idleExit?.note(name, state);
        node.noteState(state);
      });
      sayForNode(exit.text);
      // On a notice each node leaves when its own chunk has ended.
      if (!finishing.signal.aborted) leaving.abort();
      return exit;
    });
    const exits = await Promise.all(nodes);
    const event = exits.map(({ systemEvent }) => systemEvent).find((asked) => asked !== undefined);
    const failed = event && (await carryOut(event, settings, signalled));
    return failed ?? exits.find((exit) => exit.code !== 0) ?? { code: 0, text: 'left' };
  } finally {
    lock.release();
  }
}

/** Takes no more work, and leaves when the chunk that runs has ended, or when too little time is left for it. */
async function leaveOnNotice(
  endpoint: string,
  finishing: AbortController,
  leaving: AbortController,
  signal: AbortSignal,
): Promise<void> {
  const at = await spotNotice({ endpoint, clock: systemClock, signal, say });
  if (at === undefined) return;
  say(`this spot instance is taken away at ${new Date(at).toISOString()}: leaves the farm`);
  finishing.abort();
  await sleep(systemClock, at - spotReserveMs - systemClock.now(), signal);
  leaving.abort();
}

/** Runs what is configured for the event, now that all nodes have left; gives back how the agent ends if that failed. */
async function carryOut(
  event: SystemEvent,
  settings: AgentSettings,
  signalled: AbortSignal,
): Promise<Exit | undefined> {
  const words = settings.systemCommands[event] ?? [];
  say(`${event}: runs ${words.join(' ')}`);
  const problem = await runSystemCommand(words, programEnvironment(process.env), signalled);
  if (problem === undefined) return undefined;
  const text = `${event}: the command ${words.join(' ')} failed: ${problem}`;
  say(text);
  return { code: systemCommandExitCode, text };
}

// A log that nobody reads any more must not end a render.
process.stderr.on('error', () => {});
process.on('exit', killAll);
process.on('uncaughtException', (error) => {
  killAll();
  say(`ended by an error of the agent itself: ${error.stack ?? error.message}`);
  process.exit(bugExitCode);
});

try {
  const { code } = await runAgent(parseSettings(process.argv.slice(2)));
  // Calls that nobody waits for any more would hold the process.
  process.exit(code);
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2);
  killAll();
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  process.exit(error.exitCode);
}
