/** The ports of a node on a real machine. */
import { join } from 'node:path';
import { createClient } from '../../client/src/client.ts';
import type { Capabilities } from '../../client/src/generated.ts';
import { measureCapabilities } from './capabilities.ts';
import { FileCommandNotes } from './commands/commandNotes.ts';
import { sendMagicPacket } from './commands/magicPacket.ts';
import { PythonRunner } from './commands/pythonRunner.ts';
import { nodeSecret, setUpFolder } from './dataFolder.ts';
import { loadMeter } from './load.ts';
import { sqsMailbox } from './mailbox.ts';
import type { NodeSettings } from './node.ts';
import { FileOutbox } from './outbox.ts';
import type { Clock, Dispatcher, Machine, Ports } from './ports.ts';
import { FileRunLogs } from './runLogs.ts';
import { endLeftover } from './runner/leftover.ts';
import { ProcessRunner } from './runner/runner.ts';
import type { AgentSettings } from './settings.ts';
import { PythonHost } from './templates/pythonHost.ts';
import { PythonTemplates } from './templates/pythonTemplates.ts';
import { TemplateFiles } from './templates/templateFiles.ts';

export interface MachineNode {
  readonly identity: NodeSettings;
  readonly ports: Ports;
  /** Ends what an earlier agent left running. To be awaited before the node takes work. */
  endLeftover(): Promise<void>;
  /** To be told of each state that the node enters. */
  noteState(state: string): void;
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
    const host = new PythonHost({
      program: settings.templatePython,
      folder: join(folder, 'templates'),
      nodeName: name,
      environment: process.env,
      deadlineSeconds: settings.hookTimeoutSeconds,
      say,
    });
    const templates = new PythonTemplates({
      host,
      files: new TemplateFiles(join(folder, 'templates', 'files')),
      preferences: settings.templatePreferences,
      instance: settings.names.indexOf(name),
      environment: process.env,
      say,
    });
    const runner = new ProcessRunner({
      folder,
      nodeName: name,
      python: settings.templatePython,
      logs,
      templates,
      environment: process.env,
      say,
    });
    const python =
      settings.python === undefined
        ? undefined
        : new PythonRunner({
            program: settings.python,
            folder: join(folder, 'python'),
            environment: process.env,
            say,
          });
    return {
      identity: {
        name,
        secret: nodeSecret(folder),
        pools: settings.pools,
        exitsAfterJob: settings.exitsAfterJob,
      },
      ports: {
        dispatcher: dispatcher(settings.url, settings.joinToken),
        mailbox: sqsMailbox,
        runner,
        outbox: new FileOutbox(join(folder, 'outbox'), say),
        logs,
        commandNotes: new FileCommandNotes(join(folder, 'commands.json'), say),
        machine: machine(settings, folder, capabilities, python),
        clock: systemClock,
        random: () => Math.random(),
        say,
      },
      endLeftover: async () => {
        await endLeftover(folder, say);
        await python?.endLeftover();
        await host.endLeftover();
      },
      noteState: (state) => templates.noteState(state),
      killNow: () => {
        runner.killNow();
        python?.killNow();
        host.killNow();
      },
    };
  });
}

function machine(
  settings: AgentSettings,
  folder: string,
  measured: Capabilities,
  python: PythonRunner | undefined,
): Machine {
  let capabilities = measured;
  return {
    get capabilities() {
      return capabilities;
    },
    async measure() {
      capabilities = await measureCapabilities(process.env, settings.templatePython);
      return capabilities;
    },
    load: loadMeter(folder),
    systemCommands: settings.systemCommands,
    runPython: python && ((code, timeLimitSeconds, signal) => python.run(code, timeLimitSeconds, signal)),
    wake: sendMagicPacket,
  };
}

export const systemClock: Clock = {
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
