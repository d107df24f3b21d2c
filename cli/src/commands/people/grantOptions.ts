/** Options that set what users and groups may do, the same for both. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Group } from '../../../../client/src/generated.ts';
import { parseNames } from '../../arguments/ids.ts';

export interface GrantOptions {
  readonly description?: string;
  readonly rights?: readonly string[];
  readonly pools?: readonly string[];
  readonly maximumPriority?: number | 'none';
}

export type Grants = Partial<Pick<Group, 'description' | 'rights' | 'pools' | 'maximumPriority'>>;

export const addGrantOptions = (command: Command): Command =>
  command
    .option('--description <text>', 'who it is')
    .option(
      '--rights <names>',
      "exactly these rights, such as manage-nodes,manage-pools; '' for none; a wrong one is answered with all there are",
      parseNames,
    )
    .option('--pools <names>', "exactly these pools may be asked for; '' for all", parseNames)
    .addOption(
      new Option('--maximum-priority <n>', 'the highest priority of jobs; none for no limit').argParser(
        parseCeiling,
      ),
    );

/** The fields that were given, and no others. */
export function grants({ description, rights, pools, maximumPriority }: GrantOptions): Grants {
  return {
    ...(description === undefined ? {} : { description }),
    ...(rights === undefined ? {} : { rights: rights as Group['rights'] }),
    ...(pools === undefined ? {} : { pools }),
    ...(maximumPriority === undefined
      ? {}
      : { maximumPriority: maximumPriority === 'none' ? null : maximumPriority }),
  };
}

function parseCeiling(text: string): number | 'none' {
  if (text === 'none') return text;
  if (!/^\d{1,5}$/.test(text))
    throw new InvalidArgumentError("It must be a number from 0 to 65535, or 'none'.");
  return Number(text);
}
