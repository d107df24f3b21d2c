/** Which machines share a wire: what a magic packet needs, since it does not pass a router. */
import type { Capabilities } from '../model/node.ts';

type Interfaces = Capabilities['interfaces'];

export interface WakePath {
  /** Of the machine that sleeps. */
  readonly mac: string;
  readonly broadcastAddress: string;
}

/** How a packet from one machine reaches the other; undefined where they share no IPv4 subnet. */
export function wakePath(sleeper: Interfaces, helper: Interfaces): WakePath | undefined {
  const reached = new Set(helper.map(({ cidr }) => broadcastAddress(cidr)));
  return wakePathInto(reached, sleeper);
}

/** The same where packets reach the subnets that are named by their broadcast addresses. */
export function wakePathInto(
  reached: { has(address: string): boolean },
  sleeper: Interfaces,
): WakePath | undefined {
  for (const { mac, cidr } of sleeper) {
    const address = broadcastAddress(cidr);
    if (address !== undefined && reached.has(address)) return { mac, broadcastAddress: address };
  }
  return undefined;
}

/** Last address of a subnet: the same for two addresses only if they are in one subnet. */
export function broadcastAddress(cidr: string): string | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr)?.slice(1).map(Number);
  if (parts === undefined) return undefined;
  const [a = 256, b = 256, c = 256, d = 256, length = 33] = parts;
  // A subnet of one or two addresses has no broadcast address.
  if (Math.max(a, b, c, d) > 255 || length > 30) return undefined;
  const hosts = 2 ** (32 - length);
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  const last = Math.floor(address / hosts) * hosts + hosts - 1;
  return [2 ** 24, 2 ** 16, 2 ** 8, 1].map((unit) => Math.floor(last / unit) % 256).join('.');
}
