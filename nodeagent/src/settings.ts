/** The command line. */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { splitWords } from './commands/splitWords.ts';
import { defaultDataFolder } from './dataFolder.ts';
import type { SystemCommands } from './ports.ts';
import type { TemplatePreferences } from './templates/pythonTemplates.ts';

export interface AgentSettings {
  readonly url: string;
  readonly joinToken: string;
  /** One for each node that runs in this process. */
  readonly names: readonly string[];
  readonly pools: readonly string[];
  readonly dataFolder: string;
  /** Interpreter for Python code that is sent to the node; undefined if none may be run. */
  readonly python: string | undefined;
  readonly systemCommands: SystemCommands;
  /** Interpreter for templates in Python. */
  readonly templatePython: string;
  /** What this machine says instead of the defaults of templates. */
  readonly templatePreferences: TemplatePreferences;
  readonly hookTimeoutSeconds: number;
  /** Undefined if the agent stays however long it is idle. */
  readonly idleExitMinutes: number | undefined;
  readonly exitsAfterJob: boolean;
  /** Address of the instance metadata that is asked for spot notices; undefined if none is. */
  readonly spotEndpoint: string | undefined;
}

interface Options {
  readonly url: string;
  readonly joinToken: string;
  readonly name: string;
  readonly instances: number;
  readonly pools: readonly string[];
  readonly data: string;
  readonly allowPython?: string;
  readonly onReboot?: readonly string[];
  readonly onShutdown?: readonly string[];
  readonly onRestartAgent?: readonly string[];
  readonly python: string;
  readonly templatePreferences: TemplatePreferences;
  readonly hookTimeout: number;
  readonly idleExit?: number;
  readonly exitAfterJob?: boolean;
  readonly spot?: string;
}

/** Of an EC2 instance. */
const instanceMetadata = 'http://169.254.169.254';

/** Throws commander's own error after it has told the user what is wrong. */
export function parseSettings(words: readonly string[]): AgentSettings {
  const command = new Command('rollcall-node')
    .description('Takes chunks from a Rollcall dispatcher and renders them on this machine.')
    .addOption(
      new Option('--url <url>', 'address of the dispatcher')
        .env('ROLLCALL_URL')
        .argParser(parseUrl)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option(
        '--join-token <token>',
        'lets this machine register; other users see arguments, not variables',
      )
        .env('ROLLCALL_JOIN_TOKEN')
        .makeOptionMandatory(),
    )
    .option('--name <name>', 'name of the node', hostname())
    .option('--instances <count>', 'nodes to run, named NAME-1, NAME-2, …', parseCount, 1)
    .option('--pools <names>', 'pools that the node belongs to, with commas between them', parsePools, [])
    .option('--data <folder>', 'where the node keeps its identity and its logs', defaultDataFolder())
    .addOption(
      new Option(
        '--allow-python [program]',
        'run Python code that users of the farm send to this node',
      ).preset('python3'),
    )
    .option('--on-reboot <command>', 'what to run when the farm tells the machine to reboot', parseWords)
    .option('--on-shutdown <command>', 'what to run when the farm tells the machine to shut down', parseWords)
    .option('--on-restart-agent <command>', 'what to run when the farm restarts the agent', parseWords)
    .option(
      '--python <program>',
      'interpreter for templates in Python',
      process.platform === 'win32' ? 'python' : 'python3',
    )
    .addOption(
      new Option(
        '--template-preferences <file>',
        "JSON file with this machine's preferences, by template and name",
      )
        .default({}, 'none')
        .argParser(readPreferences),
    )
    .option('--hook-timeout <seconds>', 'kill a function of a template that takes longer', parseSeconds, 30)
    .option('--idle-exit <minutes>', 'leave after so long without work', parseMinutes)
    .option('--exit-after-job', 'leave when the first job that it worked on has no more work for it')
    .addOption(
      new Option(
        '--spot [url]',
        'leave when the instance metadata tells that this EC2 spot instance is taken away',
      )
        .preset(instanceMetadata)
        .argParser(parseUrl),
    )
    .exitOverride()
    .parse(words, { from: 'user' });
  const { url, joinToken, name, instances, pools, data, ...options } = command.opts<Options>();
  if (options.exitAfterJob === true && instances > 1) {
    command.error('error: --exit-after-job is for one node: leave --instances out');
  }
  const systemCommands = {
    ...(options.onReboot !== undefined && { reboot: options.onReboot }),
    ...(options.onShutdown !== undefined && { shutdown: options.onShutdown }),
    ...(options.onRestartAgent !== undefined && { 'restart-agent': options.onRestartAgent }),
  };
  return {
    url,
    joinToken,
    names: instances === 1 ? [name] : Array.from({ length: instances }, (_, index) => `${name}-${index + 1}`),
    pools,
    dataFolder: resolve(data),
    python: options.allowPython,
    systemCommands,
    templatePython: options.python,
    templatePreferences: options.templatePreferences,
    hookTimeoutSeconds: options.hookTimeout,
    idleExitMinutes: options.idleExit,
    exitsAfterJob: options.exitAfterJob ?? false,
    spotEndpoint: options.spot,
  };
}

function parseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return text;
  throw new InvalidArgumentError('It must be an address such as https://rollcall.example.com.');
}

function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 64) return count;
  throw new InvalidArgumentError('It must be a number from 1 to 64.');
}

function parseWords(text: string): readonly string[] {
  const words = splitWords(text);
  if (words !== undefined) return words;
  throw new InvalidArgumentError(
    'It must be a program and its arguments, such as systemctl reboot, or a JSON array of them; \' and " must be closed.',
  );
}

function parseMinutes(text: string): number {
  const minutes = Number(text);
  if (minutes > 0 && minutes <= 35_000) return minutes;
  throw new InvalidArgumentError('It must be a number of minutes from above 0 to 35000.');
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (seconds > 0 && seconds <= 86_400) return seconds;
  throw new InvalidArgumentError('It must be a number of seconds from above 0 to 86400.');
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Read once, when the agent starts. */
function readPreferences(file: string): TemplatePreferences {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new InvalidArgumentError(`It cannot be read: ${(cause as Error).message}.`);
  }
  const isPreference = (one: unknown): boolean => typeof one === 'string' || typeof one === 'number';
  const areGood =
    isObject(value) &&
    Object.values(value).every((one) => isObject(one) && Object.values(one).every(isPreference));
  if (areGood) return value as TemplatePreferences;
  throw new InvalidArgumentError('It must hold an object of objects: {"TEMPLATE": {"PREFERENCE": "value"}}.');
}

const parsePools = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
