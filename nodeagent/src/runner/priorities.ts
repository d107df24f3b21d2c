/** What `os.setPriority` takes for each priority of a render process; Windows makes its priority classes of it. */
import type { ProcessPriority } from '../ports.ts';

export const niceness: Readonly<Record<ProcessPriority, number>> = {
  low: 19,
  'below-normal': 10,
  normal: 0,
  'above-normal': -7,
  high: -14,
};
