/** Which machines of a pool are woken, and by which node. */
import type { NodeItem } from '../model/node.ts';
import type { WakeAddress } from '../model/pool.ts';
import { broadcastAddress, type WakePath, wakePathInto } from './subnet.ts';

/** Machines that one request wakes: each is a command to some node, and the answer is kept for a day. */
export const MOST_WOKEN = 1_000;

/** Why a node cannot be woken. */
export const wakeRules = {
  hasNoAddress: 'it has told no network address',
  hasNoNeighbour: 'no node that is online shares a subnet with it',
  isOneTooMany: `a request wakes ${MOST_WOKEN} machines at most; repeat it when those are awake`,
} as const;

type Sleeper = Pick<NodeItem, 'id' | 'interfaces'>;

export interface Packet extends WakePath {
  readonly byNodeId: number;
  /** Nodes of the machine; none if it has not registered. */
  readonly nodeIds: number[];
}

export interface Unreached {
  readonly rule: string;
  readonly nodeIds: number[];
  readonly macs: string[];
}

export interface PoolAtRest {
  /** Every node of the farm. */
  readonly registered: readonly Sleeper[];
  /** Ids of the nodes of the pool, and those of them that are offline. */
  readonly members: ReadonlySet<number>;
  readonly offline: readonly Sleeper[];
  /** Nodes that can send. */
  readonly online: readonly Sleeper[];
  readonly wakeAddresses: readonly WakeAddress[];
}

/** One packet a machine, however many nodes it has. Who is registered and awake needs none and is not mentioned. */
export function decideWaking(pool: PoolAtRest): { packets: Packet[]; unreached: Unreached[] } {
  const senders = sendersBySubnet(pool.online);
  const packets = new Map<string, Packet>();
  const unreached = new Map<string, Unreached>();
  const miss = (rule: string): Unreached => {
    const known = unreached.get(rule) ?? { rule, nodeIds: [], macs: [] };
    unreached.set(rule, known);
    return known;
  };
  /** True if a packet goes out; else the rule that keeps it back. */
  const send = (interfaces: Sleeper['interfaces'], nodeIds: number[], noPath: string): string | true => {
    const path = wakePathInto(senders, interfaces);
    const byNodeId = senders.get(path?.broadcastAddress ?? '');
    if (path === undefined || byNodeId === undefined) return noPath;
    const packet = packets.get(path.mac);
    if (packet !== undefined) packet.nodeIds.push(...nodeIds);
    else if (packets.size === MOST_WOKEN) return wakeRules.isOneTooMany;
    else packets.set(path.mac, { ...path, byNodeId, nodeIds });
    return true;
  };

  for (const { id, interfaces } of pool.offline) {
    const noPath = interfaces.length === 0 ? wakeRules.hasNoAddress : wakeRules.hasNoNeighbour;
    const sent = send(interfaces, [id], noPath);
    if (sent !== true) miss(sent).nodeIds.push(id);
  }
  const owners = ownersByMac(pool);
  for (const [mac, subnets] of subnetsByMac(pool.wakeAddresses)) {
    const owner = owners.get(mac);
    if (owner !== undefined && pool.members.has(owner)) continue;
    const sent =
      owner === undefined
        ? send(
            subnets.map((cidr) => ({ mac, cidr })),
            [],
            `no node that is online is in subnet ${subnets.join(' or ')}`,
          )
        : `it belongs to node ${owner}, which is not in the pool`;
    if (sent !== true) miss(sent).macs.push(mac);
  }
  return { packets: [...packets.values()], unreached: [...unreached.values()] };
}

/** By broadcast address a node that reaches it. */
function sendersBySubnet(online: readonly Sleeper[]): Map<string, number> {
  const senders = new Map<string, number>();
  for (const { id, interfaces } of online) {
    for (const { cidr } of interfaces) {
      const address = broadcastAddress(cidr);
      if (address !== undefined && !senders.has(address)) senders.set(address, id);
    }
  }
  return senders;
}

/** Whose machine a card is in; a node of the pool goes before another on the same machine. */
function ownersByMac({ registered, members }: PoolAtRest): Map<string, number> {
  const owners = new Map<string, number>();
  for (const { id, interfaces } of registered) {
    for (const { mac } of interfaces) {
      if (!owners.has(mac) || members.has(id)) owners.set(mac, id);
    }
  }
  return owners;
}

function subnetsByMac(addresses: readonly WakeAddress[]): Map<string, string[]> {
  const subnets = new Map<string, string[]>();
  for (const { mac, subnet } of addresses) subnets.set(mac, [...(subnets.get(mac) ?? []), subnet]);
  return subnets;
}
