/** Options that set fields of a job, the same for submit and edit. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { JobChanges } from '../../../client/src/generated.ts';
import { type Frames, parseFrames } from './frames.ts';
import { parseIdList, parseNames, parseNumber } from './ids.ts';
import { parseTime } from './time.ts';

export interface JobOptions {
  readonly name?: string;
  readonly frames?: Frames;
  readonly packet?: number;
  readonly chunkOrder?: NonNullable<JobChanges['chunksPriority']>;
  readonly priority?: number;
  readonly pool?: readonly string[];
  readonly excludePool?: readonly string[];
  readonly depends?: readonly number[];
  readonly dependMode?: NonNullable<JobChanges['dependMode']>;
  readonly dependLink?: NonNullable<JobChanges['dependLinkMode']>;
  readonly max?: number;
  /** `{ at: null }` starts at once; commander takes a bare null for "not given". */
  readonly startOn?: { readonly at: string | null };
  readonly emergency?: boolean;
  readonly project?: string;
}

export function addJobOptions(command: Command): Command {
  return command
    .option('--name <name>', 'name of the job', parseName)
    .option('--frames <range>', 'frames, such as 1-48, 1-48x2 or 7', parseFrames)
    .option('--packet <count>', 'frames a chunk', parseNumber(1, 10_000_000))
    .addOption(
      new Option('--chunk-order <order>', 'which chunks go first').choices([
        'forward',
        'backward',
        'middle-out',
        'interleaved',
      ]),
    )
    .option('--priority <number>', '0-65535; the larger goes first', parseNumber(0, 65_535))
    .option('--pool <names>', 'only nodes in one of these pools, such as gpu,night', parseNames)
    .option('--exclude-pool <names>', 'no node in one of these pools', parseNames)
    .option('--depends <ids>', 'jobs that it waits for, such as 12,13', parseIdList)
    .addOption(
      new Option('--depend-mode <mode>', 'what their end must be').choices(['success', 'ended', 'failure']),
    )
    .addOption(
      new Option('--depend-link <mode>', 'wait for all, for any, or chunk by chunk').choices([
        'all',
        'any',
        'chunks',
      ]),
    )
    .option('--max <count>', 'most nodes at a time; 0 is no limit', parseNumber(0, 65_535))
    .option(
      '--start-on <time>',
      'not before, such as 18:30, +90min, "2026-01-31 18:30" or now',
      (text: string) => ({ at: parseTime(text) }),
    )
    .option('--project <name>', 'project that it belongs to');
}

/** The fields that were given, and no others. */
export function jobFields(options: JobOptions): JobChanges {
  const { name, frames, packet, chunkOrder, priority, pool, excludePool } = options;
  const { depends, dependMode, dependLink, max, startOn, emergency, project } = options;
  return {
    ...(name === undefined ? {} : { name }),
    ...frames,
    ...(packet === undefined ? {} : { packetSize: packet }),
    ...(chunkOrder === undefined ? {} : { chunksPriority: chunkOrder }),
    ...(priority === undefined ? {} : { priority }),
    ...(pool === undefined ? {} : { includedPools: pool }),
    ...(excludePool === undefined ? {} : { excludedPools: excludePool }),
    ...(depends === undefined ? {} : { dependIds: depends }),
    ...(dependMode === undefined ? {} : { dependMode }),
    ...(dependLink === undefined ? {} : { dependLinkMode: dependLink }),
    ...(max === undefined ? {} : { maximumInstances: max }),
    ...(startOn === undefined ? {} : { startOn: startOn.at }),
    ...(emergency === undefined ? {} : { emergencyQueue: emergency }),
    ...(project === undefined ? {} : { project }),
  };
}

function parseName(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return text;
}
