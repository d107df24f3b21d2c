/**
 * Installs from Debian's packages what tests run besides Node: the renderers of templates, a directory server, the shell
 * of SQLite, Python. Runs again at no cost when they are there. Blender is not among them: it is large, and no test needs it.
 */
import { execFileSync, spawnSync } from 'node:child_process';

/** Packages by the program that each is for; servers stand where not every user has them in the path. */
const packages: Readonly<Record<string, string>> = {
  povray: 'povray',
  ffmpeg: 'ffmpeg',
  '/usr/sbin/slapd': 'slapd',
  openssl: 'openssl',
  sqlite3: 'sqlite3',
  python3: 'python3',
};

const missing = Object.entries(packages).flatMap(([program, name]) =>
  spawnSync(program, ['-version'], { stdio: 'ignore' }).error === undefined ? [] : [name],
);

if (missing.length === 0) {
  console.log(`Installed: ${Object.values(packages).join(', ')}.`);
} else {
  if (spawnSync('apt-get', ['--version']).error !== undefined) {
    refuse('there is no apt-get; the command needs Debian or a relative of it');
  }
  if (process.getuid?.() !== 0) refuse('apt-get needs root; run the command as root');
  console.log(`Installing ${missing.join(', ')}.`);
  run(['update', '-qq']);
  run(['install', '-y', '-qq', '--no-install-recommends', ...missing]);
  console.log(`Installed: ${missing.join(', ')}; \`npm test\` uses them.`);
}

function refuse(reason: string): never {
  console.error(`Cannot install ${missing.join(' and ')}: ${reason}, or install the programs by hand.`);
  process.exit(1);
}

function run(options: readonly string[]): void {
  try {
    execFileSync('apt-get', options, {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  } catch (cause) {
    throw new Error(`apt-get ${options[0]} failed; its messages are above`, { cause });
  }
}
