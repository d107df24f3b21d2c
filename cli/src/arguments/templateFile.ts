/** Files of templates: a definition in JSON, or a template in Python, which Python itself describes. */
import { spawnSync } from 'node:child_process';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Option } from 'commander';
import type { EngineDefinition, Operations, PythonSource } from '../../../client/src/generated.ts';
import { usageError } from '../failure.ts';
import { readObject, readText } from './inputFile.ts';

export interface TemplateFile {
  readonly id: number;
  readonly name: string;
  readonly input: Pick<Operations['templatePush']['input'], 'definition' | 'python'>;
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
  if (extname(file).toLowerCase() === '.py') return describedByPython(file, await readText(file), python);
  const definition = (await readObject(file, 'one template')) as EngineDefinition;
  return { id: definition.id, name: definition.name, input: { definition }, notes: [] };
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
