/** A render pool: a name that nodes carry among their settings, and the machines of it that have not registered. */
import { z } from 'zod';
import { nameSchema } from './ids.ts';
import { macSchema } from './node.ts';

/** A machine that is known by its network card alone. */
export const wakeAddressSchema = z
  .strictObject({
    mac: macSchema,
    subnet: z
      .string()
      .max(18)
      .regex(
        /^(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}\/([1-9]|[12]\d|30)$/,
        'must be an IPv4 subnet with a prefix of 1 to 30 bits, such as 10.0.7.0/24',
      )
      .describe('Subnet from which a magic packet reaches it, such as 10.0.7.0/24.'),
  })
  .meta({ id: 'WakeAddress' });
export type WakeAddress = z.infer<typeof wakeAddressSchema>;

export const poolSchema = z
  .strictObject({
    name: nameSchema,
    description: z.string().max(1_024),
    wakeAddresses: z
      .array(wakeAddressSchema)
      .max(200)
      .describe('Machines that nodeWake wakes with the pool although no node of theirs has registered.'),
    nodes: z.array(nameSchema).describe('Names of the nodes in it.'),
    version: z.int().min(0).describe('Grows with each change; 0 as long as only nodes name the pool.'),
  })
  .meta({ id: 'Pool' });
export type Pool = z.infer<typeof poolSchema>;

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
