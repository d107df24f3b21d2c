/** Options that set fields of a pool, the same for add and configure. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Operations, WakeAddress } from '../../../../client/src/generated.ts';
import { parseNames } from '../../arguments/ids.ts';

type PoolFields = Omit<Operations['poolConfigure']['input']['pool'], 'name'>;

export interface PoolOptions {
  readonly description?: string;
  readonly nodes?: readonly string[];
  readonly wakeAddress?: readonly WakeAddress[];
}

export const addPoolOptions = (command: Command): Command =>
  command
    .option('--description <text>', 'what it is for')
    .option('--nodes <names>', "exactly these nodes, such as wall-1,wall-2; '' for none", parseNames)
    .addOption(
      new Option(
        '--wake-address <mac@subnet>',
        'machine that is woken with the pool though it has never registered, such as 02:00:00:00:00:09@10.0.7.0/24; ' +
          "repeat it for more; '' for none",
      ).argParser(parseWakeAddress),
    );

/** The fields that were given, and no others. */
export function poolFields({ description, nodes, wakeAddress }: PoolOptions): PoolFields {
  return {
    ...(description === undefined ? {} : { description }),
    ...(nodes === undefined ? {} : { nodes }),
    ...(wakeAddress === undefined ? {} : { wakeAddresses: wakeAddress }),
  };
}

/** As tools print addresses: in either case, with colons or dashes. */
function parseWakeAddress(text: string, before: readonly WakeAddress[] = []): WakeAddress[] {
  if (text === '') return [...before];
  const [, mac, subnet] = /^((?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2})@(\S+)$/i.exec(text) ?? [];
  if (mac === undefined || subnet === undefined) {
    throw new InvalidArgumentError(
      'It must be an address and its subnet, such as 02:00:00:00:00:09@10.0.7.0/24.',
    );
  }
  return [...before, { mac: mac.toLowerCase().replaceAll('-', ':'), subnet }];
}
