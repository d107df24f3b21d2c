/** Gives the bundles of this folder's stage a template beside the project's. */
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

const root = join(import.meta.dirname, '..', '..');
const ours = join(root, 'templates', 'index.ts');
const extended = join(import.meta.dirname, 'testTemplates.ts');

/** Bundles functions with the templates of `testTemplates.ts`, as a farm with a template of its own does. */
export const withTestTemplate: Plugin = {
  name: 'with-test-template',
  setup({ onResolve }) {
    onResolve({ filter: /\/index\.ts$/ }, ({ path, importer, resolveDir }) =>
      join(resolveDir, path) === ours && importer !== extended ? { path: extended } : undefined,
    );
  },
};
