/** The ports of a node on a real machine. */
import { join } from 'node:path';
import { createClient } from '../../client/src/client.ts';
import type { Capabilities } from '../../client/src/generated.ts';
import { nodeFolder } from './dataFolder.ts';
import { loadMeter } from './load.ts';
import { sqsMailbox } from './mailbox.ts';
import { FileOutbox } from './outbox.ts';
import type { Dispatcher, Ports } from './ports.ts';
import { FileRunLogs } from './runLogs.ts';
import { endLeftover } from './runner/leftover.ts';
import { ProcessRunner } from './runner/runner.ts';
import type { AgentSettings } from './settings.ts';

export interface MachineNode {
  readonly ports: Ports;
  /** Folder of this node. */
  readonly folder: string;
  /** Kills what runs, at once, without a report. */
  killNow(): void;
}

/** Makes the ports of one node; ends a render that an earlier agent left running before it resolves. */
export async function openNode(
  settings: AgentSettings,
  name: string,
  capabilities: Capabilities,
  say: (line: string) => void,
): Promise<MachineNode> {
  const folder = nodeFolder(settings.dataFolder, name);
  await endLeftover(folder, say);
  const logs = new FileRunLogs(join(folder, 'logs'), say);
  const runner = new ProcessRunner({ folder, nodeName: name, logs, environment: process.env, say });
  const ports: Ports = {
    dispatcher: dispatcher(settings.url, settings.joinToken),
    mailbox: sqsMailbox,
    runner,
    outbox: new FileOutbox(join(folder, 'outbox'), say),
    logs,
    machine: { capabilities, load: loadMeter(folder) },
    clock: {
      now: () => Date.now(),
      after(milliseconds, callback) {
        const timer = setTimeout(callback, milliseconds);
        return { cancel: () => clearTimeout(timer) };
      },
    },
    random: () => Math.random(),
    say,
  };
  return { ports, folder, killNow: () => runner.killNow() };
}

function dispatcher(url: string, joinToken: string): Dispatcher {
  // The state machine repeats, so that it stays reachable for events meanwhile.
  const joining = createClient({ url, token: joinToken, retries: 0 });
  return {
    register: (input) => joining.nodeRegister(input),
    connect: (token) => createClient({ url, token, retries: 0 }),
  };
}
