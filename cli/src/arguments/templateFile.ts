/**
 * Files of templates: a definition in JSON, one with hooks in TypeScript, or a template in Python, which Python itself
 * describes.
 */
import { spawnSync } from 'node:child_process';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Option } from 'commander';
import type {
  EngineDefinition,
  Operations,
  PythonSource,
  TypescriptSource,
} from '../../../client/src/generated.ts';
import { usageError } from '../failure.ts';
import { readObject, readText } from './inputFile.ts';
import { readTypescriptFile } from './typescriptFile.ts';

export interface TemplateFile {
  readonly id: number;
  readonly name: string;
  readonly input: Pick<Operations['templatePush']['input'], 'definition' | 'python' | 'typescript'>;
  /** What of it has no effect, for people. */
  readonly notes: readonly string[];
}

/** The Python modules that come with this program. */
const modules = fileURLToPath(new URL('../../../python/src', import.meta.url));
/** A file that does not load in this time waits for something. */
const patienceMs = 60_000;

export const pythonOption = (): Option =>
  new Option('--python <program>', 'interpreter that describes a file of Python').default(
    process.platform === 'win32' ? 'python' : 'python3',
  );

export async function readTemplateFile(
  file: string,
  { python }: { readonly python: string },
): Promise<TemplateFile> {
  const extension = extname(file).toLowerCase();
  if (extension === '.py') return describedByPython(file, await readText(file), python);
  if (extension === '.ts') return describedByNode(file);
  const definition = (await readObject(file, 'one template')) as EngineDefinition;
  return { id: definition.id, name: definition.name, input: { definition }, notes: [] };
}

async function describedByNode(path: string): Promise<TemplateFile> {
  const { file, source, definition, hooks } = await readTypescriptFile(path);
  if (definition === null) throw usageError(`${file} exports no definition`);
  if (hooks.length === 0) throw usageError(`${file} exports no hooks; a template without is a file of JSON`);
  // Which hooks there are the dispatcher knows, and refuses others.
  const dispatcherHooks = hooks as TypescriptSource['dispatcherHooks'];
  const { id, name } = definition;
  return { id, name, input: { definition, typescript: { file, source, dispatcherHooks } }, notes: [] };
}

function describedByPython(file: string, source: string, python: string): TemplateFile {
  const { error, status, signal, stdout, stderr } = spawnSync(python, ['-m', '_rollcall.describe', file], {
    encoding: 'utf8',
    timeout: patienceMs,
    killSignal: 'SIGKILL',
    env: { ...process.env, PYTHONPATH: modules, PYTHONIOENCODING: 'utf-8', PYTHONDONTWRITEBYTECODE: '1' },
    windowsHide: true,
  });
  const name = basename(file);
  switch ((error as NodeJS.ErrnoException | undefined)?.code) {
    case undefined:
      break;
    case 'ENOENT':
      throw usageError(
        `${name} is described by Python, and ${python} is not on this machine: install it, or name another with --python`,
      );
    case 'ETIMEDOUT':
      throw usageError(`${name} was not loaded within ${patienceMs / 1_000} seconds`);
    default:
      throw usageError(`${python} cannot be started: ${error?.message}`);
  }
  if (status !== 0)
    throw usageError(stderr.trim().split('\n').at(-1) || `${python} ended by ${signal ?? status}`);
  const { template, notes } = JSON.parse(stdout) as {
    readonly template: Omit<PythonSource, 'source'>;
    readonly notes: readonly string[];
  };
  return { id: template.id, name: template.name, input: { python: { ...template, source } }, notes };
}
