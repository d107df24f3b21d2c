/** One bundle a function: `index.mjs`, and beside it what is loaded when it is first needed. */
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import ts from 'typescript';
import { type FunctionName, functionNames } from './access.ts';

const root = join(import.meta.dirname, '..');

/** The largest that a bundle may be, all its files together: those that are loaded on demand are half of the largest. */
export const MAXIMUM_BUNDLE_BYTES = 800_000;

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
 * Writes the bundle of each function to `<directory>/<function>`; answers with their sizes. One run of esbuild each:
 * in one run for all, files would be shared between functions. `plugins` see each module before ours do.
 */
export async function bundleFunctions(
  directory: string,
  plugins: readonly Plugin[] = [],
): Promise<Readonly<Record<FunctionName, number>>> {
  const all = [...plugins, protocolOfDynamo, unusedLeftOut()];
  await bundleHookHosts(directory);
  const sizes = await Promise.all(
    functionNames.map(async (name) => [name, await bundleFunction(name, directory, all)] as const),
  );
  return Object.fromEntries(sizes) as Record<FunctionName, number>;
}

async function bundleFunction(name: FunctionName, directory: string, plugins: Plugin[]): Promise<number> {
  const { metafile } = await build({
    ...bundleOptions,
    entryPoints: { index: `functions/${name}/lambda.ts` },
    outdir: join(directory, name),
    plugins,
    metafile: true,
  });
  const programs = await bundlePrograms(name, directory);
  const bytes = Object.values({ ...metafile.outputs, ...programs }).reduce(
    (sum, output) => sum + output.bytes,
    0,
  );
  if (bytes > MAXIMUM_BUNDLE_BYTES) {
    throw new Error(`the bundle of ${name} has ${bytes} bytes; at most ${MAXIMUM_BUNDLE_BYTES} are allowed`);
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

async function bundlePrograms(name: FunctionName, directory: string): Promise<Metafile['outputs']> {
  const entryPoints = programsOf[name];
  if (entryPoints === undefined) return {};
  const { metafile } = await build({
    ...bundleOptions,
    splitting: false,
    entryPoints: [...entryPoints],
    outdir: join(directory, name),
    metafile: true,
  });
  return metafile.outputs;
}

/**
 * Leads the DynamoDB client past the index of all of AWS's protocols to what it uses. Through the index a start would reach
 * the protocols of clients that are loaded on demand, and esbuild puts what both reach into the file of the start.
 */
const protocolOfDynamo: Plugin = {
  name: 'protocol-of-dynamo',
  setup({ onResolve, resolve }) {
    onResolve(
      { filter: /^@aws-sdk\/core\/protocols$/ },
      async ({ path, importer, kind, resolveDir, pluginData }) => {
        if (pluginData === 'index') return undefined;
        // The codec takes only what the index has from there.
        if (importer.includes('dynamodb-codec'))
          return resolve('@smithy/core/protocols', { kind, resolveDir });
        if (!importer.includes('client-dynamodb')) return undefined;
        const index = await resolve(path, { kind, resolveDir, pluginData: 'index' });
        return { path: join(index.path, '..', 'json', 'AwsJson1_0Protocol.js') };
      },
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
