/**
 * Makes the node agent one file that a render node runs with nothing but Node: `dist/rollcall-node.mjs`, or in the
 * folder that is named. The tracer comes with it: its first word makes the same file run that instead of a node. So do the
 * Python files of the host of templates, as texts.
 */
import { chmod } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { hostFiles } from '../nodeagent/src/templates/hostFiles.ts';

const root = join(import.meta.dirname, '..');
const file = join(resolve(process.argv[2] ?? join(root, 'dist')), 'rollcall-node.mjs');

const entry = `
if (process.argv[2] === 'rollcall:tracer') {
  process.argv.splice(2, 1);
  await import('./templates/tracer/render.ts');
} else {
  await import('./nodeagent/src/main.ts');
}
`;

const pythonInside: Plugin = {
  name: 'python-inside',
  setup: ({ onLoad }) =>
    onLoad({ filter: /nodeagent\/src\/templates\/hostFiles\.ts$/ }, () => ({
      contents: `export const hostFiles = () => (${JSON.stringify(hostFiles())});`,
    })),
};

await build({
  absWorkingDir: root,
  stdin: { contents: entry, resolveDir: root, sourcefile: 'rollcall-node.ts', loader: 'ts' },
  outfile: file,
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'esm',
  plugins: [pythonInside],
  mainFields: ['module', 'main'],
  // Packages that are still CommonJS ask for parts of Node by `require`.
  banner: {
    js: "#!/usr/bin/env node\nimport { createRequire as createRollcallRequire } from 'node:module';\nconst require = createRollcallRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
await chmod(file, 0o755);
console.log(file);
