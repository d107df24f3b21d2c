/** A render pool: a name that nodes carry among their settings, and the machines of it that have not registered. */
import * as z from 'zod/mini';
import { boundedInt } from './bounded.ts';
import { described } from './described.ts';
import { nameSchema } from './ids.ts';
import { macSchema } from './node.ts';
import { onDemand } from './onDemand.ts';

/** A machine that is known by its network card alone. */
export const wakeAddressSchema = onDemand(() =>
  z
    .strictObject({
      mac: macSchema(),
      subnet: described(
        z
          .string()
          .check(
            z.maxLength(18),
            z.regex(
              /^(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}\/([1-9]|[12]\d|30)$/,
              'must be an IPv4 subnet with a prefix of 1 to 30 bits, such as 10.0.7.0/24',
            ),
          ),
        'Subnet from which a magic packet reaches it, such as 10.0.7.0/24.',
      ),
    })
    .register(z.globalRegistry, { id: 'WakeAddress' }),
);
export type WakeAddress = z.infer<ReturnType<typeof wakeAddressSchema>>;

export const poolSchema = onDemand(() =>
  z
    .strictObject({
      name: nameSchema(),
      description: z.string().check(z.maxLength(1_024)),
      wakeAddresses: described(
        z.array(wakeAddressSchema()).check(z.maxLength(200)),
        'Machines that nodeWake wakes with the pool although no node of theirs has registered.',
      ),
      nodes: described(z.array(nameSchema()), 'Names of the nodes in it.'),
      version: described(boundedInt(0), 'Grows with each change; 0 as long as only nodes name the pool.'),
    })
    .register(z.globalRegistry, { id: 'Pool' }),
);
export type Pool = z.infer<ReturnType<typeof poolSchema>>;

/** What is kept of a pool. Its nodes are not: each node's own setting says where it belongs. */
export type PoolItem = Omit<Pool, 'nodes'>;

/** A pool that only nodes name. */
export const unkeptPool = (name: string): PoolItem => ({
  name,
  description: '',
  wakeAddresses: [],
  version: 0,
});

/** Pools that a node may be in; what its agent can name is bounded the same. */
export const MOST_POOLS_OF_NODE = 64;
