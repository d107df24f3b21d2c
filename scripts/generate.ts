/**
 * Writes every generated file; with `--check` writes nothing and fails if one is out of date.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { clientSource } from './generate/client.ts';
import { openApi } from './generate/openapi.ts';

const root = join(import.meta.dirname, '..');

const description = openApi();
const files: Record<string, string> = {
  'openapi.json': `${JSON.stringify(description, null, 2)}\n`,
  'client/src/generated.ts': format('client.ts', clientSource(description)),
};

const stale: string[] = [];
for (const [path, text] of Object.entries(files)) {
  const target = join(root, path);
  if (text === read(target)) continue;
  stale.push(path);
  if (process.argv.includes('--check')) continue;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}
if (process.argv.includes('--check') && stale.length > 0) {
  console.error(`out of date: ${stale.join(', ')}; run \`npm run generate\` and commit the result`);
  process.exit(1);
}
console.log(stale.length === 0 ? 'generated files are up to date' : `written: ${stale.join(', ')}`);

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function format(name: string, text: string): string {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  return execFileSync(process.execPath, [biome, 'format', `--stdin-file-path=${name}`], {
    input: text,
    encoding: 'utf8',
    cwd: root,
  });
}
