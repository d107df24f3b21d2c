/** One file for all that a function reads at its start: each file more costs a quarter of a millisecond. */
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';

const START = 'index.mjs';

/**
 * Joins `index.mjs` of the bundle in `outdir` with the files that it imports at once; answers with its bytes. esbuild makes a file of
 * each set of modules that the start shares with something on demand. Under their names are left lists that lead
 * whatever is on demand to `index.mjs`.
 */
export async function joinStart(
  options: BuildOptions & { readonly outdir: string; readonly external: readonly string[] },
  { outputs }: Metafile,
): Promise<number> {
  const { outdir } = options;
  const files = new Map(Object.entries(outputs).map(([path, output]) => [basename(path), output]));
  const start = new Set([START]);
  for (const file of start) {
    for (const { kind, path } of files.get(file)?.imports ?? []) {
      if (kind === 'import-statement' && files.has(basename(path))) start.add(basename(path));
    }
  }
  // What a file exports has a name that is unique in that file alone.
  const shared = [...start].slice(1).map((file, index) => ({
    file,
    names: (files.get(file)?.exports ?? []).map((name) => ({ name, joined: `${name}_${index}` })),
  }));
  const { metafile } = await build({
    ...options,
    splitting: false,
    stdin: {
      contents: [
        `export { handler } from './${START}';`,
        ...shared.map(
          ({ file, names }) =>
            `export { ${names.map(({ name, joined }) => `${name} as ${joined}`)} } from './${file}';`,
        ),
      ].join('\n'),
      resolveDir: outdir,
      loader: 'js',
    },
    external: [
      ...options.external,
      ...[...files.keys()].filter((file) => !start.has(file)).map((file) => `./${file}`),
    ],
    entryNames: 'index',
    allowOverwrite: true,
    metafile: true,
  });
  for (const { file, names } of shared) {
    const list = names.map(({ name, joined }) => `${joined} as ${name}`);
    await writeFile(join(outdir, file), `export{${list}}from"./${START}";`);
  }
  return Object.values(metafile.outputs).reduce((sum, { bytes }) => sum + bytes, 0);
}
