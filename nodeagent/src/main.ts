#!/usr/bin/env node
/** `rollcall-node`: runs one node or several on this machine until it is told to stop. */
import { CommanderError } from 'commander';
import { measureCapabilities } from './capabilities.ts';
import { lockDataFolder, SetupError } from './dataFolder.ts';
import { runNode } from './loop.ts';
import { openNode } from './machinePorts.ts';
import type { Exit } from './node.ts';
import { type AgentSettings, parseSettings } from './settings.ts';

/** Exit code after an error of the agent itself. */
const bugExitCode = 70;
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
    const capabilities = measureCapabilities();
    const leaving = new AbortController();
    const signalled = drainOnSignals();
    const stop = AbortSignal.any([signalled, leaving.signal]);
    const nodes = settings.names.map(async (name) => {
      const sayForNode = (line: string): void => say(`${name}: ${line}`);
      const node = openNode(settings, name, capabilities, sayForNode);
      killers.add(node.killNow);
      await node.endLeftover();
      const exit = await runNode(node.identity, node.ports, stop);
      sayForNode(exit.text);
      leaving.abort();
      return exit;
    });
    const exits = await Promise.all(nodes);
    return exits.find((exit) => exit.code !== 0) ?? { code: 0, text: 'left' };
  } finally {
    lock.release();
  }
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
