/** Everything that CI runs. Each check is run even if one before it failed; the last line counts them with the tests. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

const checks: readonly { readonly name: string; readonly command: readonly string[] }[] = [
  { name: 'format and lint', command: ['biome', 'ci', '--colors=off', '.'] },
  { name: 'types', command: ['tsc', '--noEmit'] },
  {
    name: 'import directions',
    command: [
      'depcruise',
      '--config',
      '.dependency-cruiser.cjs',
      'shared',
      'functions',
      'local',
      'templates',
      'client',
      'cli',
      'nodeagent',
      'infra',
    ],
  },
  { name: 'unused code', command: ['knip'] },
  { name: 'generated files', command: [process.execPath, 'scripts/generate.ts', '--check'] },
];

let passed = 0;
let failed = 0;
for (const { name, command } of checks) {
  const { code } = await run(command);
  console.log(`${code === 0 ? '✔' : '✖'} ${name}`);
  if (code === 0) passed += 1;
  else failed += 1;
}
const tests = await run([process.execPath, 'scripts/test.ts']);
const totals = /^(\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(tests.lastLine);
passed += Number(totals?.[1] ?? 0);
failed += totals === null ? 1 : Number(totals[2]);
console.log(`${passed} passed, ${failed} failed, ${totals?.[3] ?? 0} skipped`);
process.exitCode = failed > 0 || tests.code !== 0 ? 1 : 0;

/** Runs a command with its output on the terminal; answers with its exit code and last line. */
function run([program = '', ...options]: readonly string[]): Promise<{
  readonly code: number;
  readonly lastLine: string;
}> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, options, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    let tail = '';
    child.stdout.on('data', (data: Buffer) => {
      process.stdout.write(data);
      tail = (tail + data.toString()).slice(-4_000);
    });
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ code: code ?? 1, lastLine: tail.trimEnd().split('\n').at(-1) ?? '' }),
    );
  });
}
