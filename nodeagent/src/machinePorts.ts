/** The ports of a node on a real machine. */
import { join } from 'node:path';
import { createClient } from '../../client/src/client.ts';
import type { Capabilities } from '../../client/src/generated.ts';
import { nodeSecret, setUpFolder } from './dataFolder.ts';
import { loadMeter } from './load.ts';
import { sqsMailbox } from './mailbox.ts';
import type { NodeSettings } from './node.ts';
import { FileOutbox } from './outbox.ts';
import type { Clock, Dispatcher, Ports } from './ports.ts';
import { FileRunLogs } from './runLogs.ts';
import { endLeftover } from './runner/leftover.ts';
import { ProcessRunner } from './runner/runner.ts';
import type { AgentSettings } from './settings.ts';

export interface MachineNode {
  readonly identity: NodeSettings;
  readonly ports: Ports;
  /** Ends a render that an earlier agent left running. To be awaited before the node takes work. */
  endLeftover(): Promise<void>;
  /** Kills what runs, at once, without a report. */
  killNow(): void;
}

export function openNode(
  settings: AgentSettings,
  name: string,
  capabilities: Capabilities,
  say: (line: string) => void,
): MachineNode {
  return setUpFolder(settings.dataFolder, name, (folder) => {
    const logs = new FileRunLogs(join(folder, 'logs'), say);
    const runner = new ProcessRunner({ folder, nodeName: name, logs, environment: process.env, say });
    return {
      identity: { name, secret: nodeSecret(folder), pools: settings.pools },
      ports: {
        dispatcher: dispatcher(settings.url, settings.joinToken),
        mailbox: sqsMailbox,
        runner,
        outbox: new FileOutbox(join(folder, 'outbox'), say),
        logs,
        machine: { capabilities, load: loadMeter(folder) },
        clock: systemClock,
        random: () => Math.random(),
        say,
      },
      endLeftover: () => endLeftover(folder, say),
      killNow: () => runner.killNow(),
    };
  });
}

const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return { cancel: () => clearTimeout(timer) };
  },
};

function dispatcher(url: string, joinToken: string): Dispatcher {
  // The state machine repeats, so that it stays reachable for events meanwhile.
  const joining = createClient({ url, token: joinToken, retries: 0 });
  return {
    register: (input) => joining.nodeRegister(input),
    connect: (token) => createClient({ url, token, retries: 0 }),
  };
}
