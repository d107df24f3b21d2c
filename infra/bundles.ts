/** One bundle a function, all made by a single run of esbuild. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import ts from 'typescript';
import { type FunctionName, functionNames } from './access.ts';

const root = join(import.meta.dirname, '..');

/** The largest that a bundle may be: each start from cold reads it all. */
export const MAXIMUM_BUNDLE_BYTES = 500_000;

/** How everything is bundled that runs in Lambda. */
export const bundleOptions = {
  absWorkingDir: root,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // Modules before CommonJS: what is not used is left out, by a third of the size and of the time to start.
  mainFields: ['module', 'main'] as string[],
  // The chain of sources of credentials is 100 KB; Lambda gives them in the environment.
  alias: { '@aws-sdk/credential-provider-node': join(import.meta.dirname, 'lambdaCredentials.ts') },
  // Packages that are still CommonJS ask for parts of Node by `require`.
  // The name is longer than any that minifying makes.
  banner: {
    js: "import{createRequire as createRollcallRequire}from'node:module';const require=createRollcallRequire(import.meta.url);",
  },
  legalComments: 'none',
  logLevel: 'warning',
} satisfies BuildOptions;

/**
 * Writes the bundle of each function to `<directory>/<function>/index.mjs`; answers with their sizes. `plugins` see
 * each module before ours do.
 */
export async function bundleFunctions(
  directory: string,
  plugins: readonly Plugin[] = [],
): Promise<Readonly<Record<FunctionName, number>>> {
  const { metafile } = await build({
    ...bundleOptions,
    entryPoints: Object.fromEntries(
      functionNames.map((name) => [`${name}/index`, `functions/${name}/lambda.ts`]),
    ),
    outdir: directory,
    plugins: [...plugins, unusedLeftOut],
    metafile: true,
  });
  const sizes = Object.entries(metafile.outputs).map(([path, { bytes }]) => {
    const name = path.split('/').at(-2) as FunctionName;
    if (bytes > MAXIMUM_BUNDLE_BYTES) {
      throw new Error(
        `the bundle of ${name} has ${bytes} bytes; at most ${MAXIMUM_BUNDLE_BYTES} are allowed`,
      );
    }
    return [name, bytes];
  });
  return Object.fromEntries(sizes) as Record<FunctionName, number>;
}

/**
 * Lets esbuild leave out what a function does not use of our modules. Without it each start makes every schema of the
 * modules that it shares with others, whether it ever parses anything by them or not.
 *
 * Of a namespace the unused parts are left out if it is imported as one, not if it is handed on by name:
 * `import { z }` takes all of zod along, its fifty languages too, 360 KB of it.
 */
const unusedLeftOut: Plugin = {
  name: 'unused-left-out',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => ({
      contents: withPureConstants(
        path,
        (await readFile(path, 'utf8')).replace("import { z } from 'zod';", "import * as z from 'zod';"),
      ),
      loader: 'ts',
    }));
  },
};

/**
 * Marks the constants of a module as free to leave out. They are made by calls, and esbuild has to take it that a call
 * does something besides; none of ours does: a constant that nobody names is not missed.
 */
function withPureConstants(path: string, source: string): string {
  const { statements } = ts.createSourceFile(path, source, ts.ScriptTarget.Latest);
  const values = statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .flatMap(({ initializer }) => initializer ?? [])
    .filter((value) => !ts.isArrowFunction(value));
  let pure = '';
  let end = 0;
  for (const value of values) {
    pure += `${source.slice(end, value.pos)} /* @__PURE__ */ (() => (${source.slice(value.pos, value.end)}))()`;
    end = value.end;
  }
  return pure + source.slice(end);
}
