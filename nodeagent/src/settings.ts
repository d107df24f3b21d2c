/** The command line. */
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { defaultDataFolder } from './dataFolder.ts';

export interface AgentSettings {
  readonly url: string;
  readonly joinToken: string;
  /** One for each node that runs in this process. */
  readonly names: readonly string[];
  readonly pools: readonly string[];
  readonly dataFolder: string;
}

interface Options {
  readonly url: string;
  readonly joinToken: string;
  readonly name: string;
  readonly instances: number;
  readonly pools: readonly string[];
  readonly data: string;
}

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
    .exitOverride()
    .parse(words, { from: 'user' });
  const { url, joinToken, name, instances, pools, data } = command.opts<Options>();
  return {
    url,
    joinToken,
    names: instances === 1 ? [name] : Array.from({ length: instances }, (_, index) => `${name}-${index + 1}`),
    pools,
    dataFolder: resolve(data),
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

const parsePools = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
