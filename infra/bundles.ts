/** One bundle a function: `index.mjs`, and beside it what is loaded when it is first needed. */
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import ts from 'typescript';
import { type FunctionName, functionNames } from './access.ts';
import { joinStart } from './startFile.ts';

const root = join(import.meta.dirname, '..');

/** The most that a function may read at its start from cold. What it loads on demand costs nothing until then. */
export const MAXIMUM_START_BYTES = 400_000;

/** How everything is bundled that runs in Lambda. */
export const bundleOptions = {
  absWorkingDir: root,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  // What is imported by `import()` gets a file of its own, so that a start reads nothing of it.
  splitting: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // Modules before CommonJS: what is not used is left out, by a third of the size and of the time to start.
  mainFields: ['module', 'main'] as string[],
  // The chain of sources of credentials is 100 KB; Lambda gives them in the environment.
  alias: { '@aws-sdk/credential-provider-node': join(import.meta.dirname, 'lambdaCredentials.ts') },
  // Asked for by `import()` in browsers, and by operations that answer with a stream of events; we call none.
  external: ['bowser', '@smithy/core/event-streams'] as string[],
  legalComments: 'none',
  logLevel: 'warning',
} satisfies BuildOptions;

/**
 * Writes the bundle of each function to `<directory>/<function>`; answers with the bytes that each reads at its
 * start. One run of esbuild each: in one run for all, files would be shared between functions. `plugins` see each module before
 * ours do.
 */
export async function bundleFunctions(
  directory: string,
  plugins: readonly Plugin[] = [],
): Promise<Readonly<Record<FunctionName, number>>> {
  const all = [...plugins, onDemandApart, unusedLeftOut()];
  await bundleHookHosts(directory);
  const sizes = await Promise.all(
    functionNames.map(async (name) => [name, await bundleFunction(name, directory, all)] as const),
  );
  return Object.fromEntries(sizes) as Record<FunctionName, number>;
}

async function bundleFunction(name: FunctionName, directory: string, plugins: Plugin[]): Promise<number> {
  const outdir = join(directory, name);
  const { metafile } = await build({
    ...bundleOptions,
    entryPoints: { index: `functions/${name}/lambda.ts` },
    outdir,
    plugins,
    metafile: true,
  });
  const bytes = await joinStart({ ...bundleOptions, outdir }, metafile);
  await bundlePrograms(name, directory);
  if (bytes > MAXIMUM_START_BYTES) {
    throw new Error(`${name} reads ${bytes} bytes at its start; at most ${MAXIMUM_START_BYTES} are allowed`);
  }
  return bytes;
}

/** The functions that run hooks: the one in Node with the program of its processes, the one in Python as it is. */
export async function bundleHookHosts(directory: string): Promise<void> {
  await build({
    ...bundleOptions,
    splitting: false,
    entryPoints: { index: 'functions/hookNode/lambda.ts', hookRunner: 'client/src/hookRunner.ts' },
    outdir: join(directory, 'hookNode'),
  });
  await cp(join(root, 'python/src'), join(directory, 'hookPython'), {
    recursive: true,
    filter: (path) => !path.endsWith('__pycache__'),
  });
}

/** Programs that a function starts as processes of their own: each in one file beside its bundle, for it may read no other. */
const programsOf: { readonly [N in FunctionName]?: readonly string[] } = {
  db: ['shared/sql/sqlReader.ts'],
};

async function bundlePrograms(name: FunctionName, directory: string): Promise<void> {
  const entryPoints = programsOf[name];
  if (entryPoints === undefined) return;
  await build({
    ...bundleOptions,
    splitting: false,
    entryPoints: [...entryPoints],
    outdir: join(directory, name),
  });
}

/** Packages of AWS that a module of ours names, but for the client of DynamoDB, which every start needs. */
const packagesOnDemand = /^@(aws-sdk|smithy)\/(?!client-dynamodb$)/;
/** Marks modules of such copies, in the suffix of their path and for what they import. */
const APART = '?apart';

/**
 * Gives whatever else of AWS's packages is loaded on demand its own copy of what it shares with the client of DynamoDB. Of a
 * module that both reach, esbuild puts all that either uses into a file that each start reads. The copies cost room on disk.
 */
const onDemandApart: Plugin = {
  name: 'on-demand-apart',
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /./ }, async ({ path, importer, kind, resolveDir, pluginData }) => {
      if (pluginData === 'resolving') return undefined;
      const isFirst = packagesOnDemand.test(path) && !importer.includes('node_modules');
      if (!isFirst && pluginData !== APART) return undefined;
      const resolved = await resolve(path, { importer, kind, resolveDir, pluginData: 'resolving' });
      return resolved.external ? resolved : { ...resolved, suffix: APART };
    });
    onLoad({ filter: /./ }, async ({ path, suffix }) =>
      suffix === APART ? { contents: await readFile(path), loader: 'default', pluginData: APART } : undefined,
    );
  },
};

/**
 * Lets esbuild leave out what a function does not use of our modules. Without it each start makes every constant of the
 * modules that it shares with others, whether it ever looks at them or not.
 */
function unusedLeftOut(): Plugin {
  const modules = new Map<string, Promise<string>>();
  return {
    name: 'unused-left-out',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const module = modules.get(path) ?? readFile(path, 'utf8').then(withPureConstants);
        modules.set(path, module);
        return { contents: await module, loader: 'ts' };
      });
    },
  };
}

/**
 * Marks the constants of a module as free to leave out. They are made by calls, and esbuild has to take it that a call
 * does something besides; none of ours does: a constant that nobody names is not missed.
 */
function withPureConstants(source: string): string {
  const { statements } = ts.createSourceFile('module.ts', source, ts.ScriptTarget.Latest);
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
