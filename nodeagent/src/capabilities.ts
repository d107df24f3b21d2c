/** What the machine is. */
import { readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, hostname, networkInterfaces, totalmem } from 'node:os';
import type { Capabilities } from '../../client/src/generated.ts';
import packageJson from '../package.json' with { type: 'json' };
import { SetupError } from './dataFolder.ts';
import { findSoftware } from './software.ts';

/** As many as the dispatcher takes. */
const mostInterfaces = 16;
/** Of interfaces that have none, such as tunnels. */
const noMac = '00:00:00:00:00:00';

/** Takes some seconds at most: installed programs are asked for their versions. */
export async function measureCapabilities(
  environment: NodeJS.ProcessEnv,
  python: string,
): Promise<Capabilities> {
  const processors = cpus();
  // What this process may use: a container or an affinity may have less than the machine.
  const threads = availableParallelism();
  return {
    host: hostname(),
    platform: platform(),
    architecture: arch(),
    cores: Math.min(threads, coreCount() ?? threads),
    threads,
    speedMhz: processors[0]?.speed ?? 0,
    memoryMb: Math.floor(memoryBytes() / 2 ** 20),
    agentVersion: packageJson.version,
    software: await findSoftware(environment, python),
    interfaces: interfaces(),
  };
}

function platform(): Capabilities['platform'] {
  const { platform: name } = process;
  if (name === 'linux' || name === 'darwin' || name === 'win32') return name;
  throw new SetupError(2, `rollcall-node runs on Linux, macOS and Windows, not on ${name}`);
}

/** Physical cores of the machine, where Linux tells; elsewhere a core counts as many as it has threads. */
function coreCount(): number | undefined {
  let text: string;
  try {
    text = readFileSync('/proc/cpuinfo', 'latin1');
  } catch {
    return undefined;
  }
  const cores = new Set<string>();
  let socket = '';
  for (const [, key, value] of text.matchAll(/^(physical id|core id)\s*: (\d+)$/gm)) {
    if (key === 'physical id') socket = value ?? '';
    else cores.add(`${socket}/${value}`);
  }
  return cores.size > 0 ? cores.size : undefined;
}

/** The limit of the container if there is one. */
function memoryBytes(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

/** Those that a magic packet for this machine can come in by. */
function interfaces(): NonNullable<Capabilities['interfaces']> {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal, mac }) => family === 'IPv4' && !internal && mac !== noMac)
    .flatMap(({ mac, cidr }) => (cidr === null ? [] : [{ mac, cidr }]))
    .slice(0, mostInterfaces);
}
