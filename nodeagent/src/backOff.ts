/** How long to wait before a failed call is repeated. */
import type { Ports } from './ports.ts';

const firstMs = 500;
const longestMs = 30_000;

/**
 * Doubles from half a second to half a minute, with jitter: a thousand nodes that lost the same dispatcher must not
 * come back in step. `failures` counts from 1.
 */
export function backOffMs(ports: Pick<Ports, 'random'>, failures: number): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 16));
  return Math.round(ceiling * (0.5 + ports.random() / 2));
}
