/**
 * Installs the emulator that the AWS adapters are tested against, into `.emulator/`. Runs again at no cost when
 * the pinned version is there. Why this emulator, and what it lacks: docs/decisions/0003-emulator.md.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

/** Every package of the environment, so that two installations are the same. */
const packages = [
  'ministack==1.5.33',
  'botocore==1.43.106',
  'defusedxml==0.7.1',
  'graphql-core==3.2.12',
  'h11==0.16.0',
  'h2==4.4.1',
  'hpack==4.2.0',
  'Hypercorn==0.18.0',
  'hyperframe==6.1.0',
  'jmespath==1.1.0',
  'jsonata-python==0.7.1',
  'priority==2.0.0',
  'python-dateutil==2.9.0.post0',
  'PyYAML==6.0.3',
  'six==1.17.0',
  'urllib3==2.8.0',
  'wsproto==1.3.2',
];

const directory = join(import.meta.dirname, '..', '.emulator');
const pip = join(directory, 'bin', 'pip');

if (isInstalled()) {
  console.log(`The emulator is installed in ${directory} (${packages[0]}).`);
} else {
  console.log(`Creating a Python environment in ${directory}.`);
  rmSync(directory, { recursive: true, force: true });
  run('python3', ['-m', 'venv', directory]);
  console.log(`Installing ${packages[0]} and what it needs.`);
  run(pip, ['install', '--quiet', '--disable-pip-version-check', '--no-deps', ...packages]);
  console.log('The emulator is installed; `npm test` uses it.');
}

function isInstalled(): boolean {
  const frozen = spawnSync(pip, ['freeze', '--disable-pip-version-check'], { encoding: 'utf8' });
  if (frozen.status !== 0) return false;
  const present = new Set(frozen.stdout.toLowerCase().split('\n'));
  return packages.every((name) => present.has(name.toLowerCase()));
}

function run(command: string, args: readonly string[]): void {
  try {
    execFileSync(command, args, { stdio: 'inherit' });
  } catch (cause) {
    throw new Error(`${command} failed; the emulator needs Python 3.10 or later with the venv module`, {
      cause,
    });
  }
}
