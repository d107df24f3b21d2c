/** `docs/parity.md`: every function of the reference page, with the operation, the test and the Python call that it has here. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { operations } from '../../shared/contract/index.ts';
import { type Operation, route } from '../../shared/contract/operation.ts';
import { notice, table } from './docs.ts';
import { pythonSignatures, type Signature } from './pythonSignatures.ts';

const root = join(import.meta.dirname, '../..');

/** What a function of the reference lacks here is a dash. */
const NONE = '–';

/** Throws where something is missing. */
export function parityPage(): string {
  const tests = testFiles();
  const rows = entries().map(({ signature, shown }) => {
    const operation = operations.find(({ name }) => name === signature.name);
    return [
      `\`${shown}\``,
      operation === undefined
        ? NONE
        : `[\`${operation.name}\`](api/${operation.group}.md) ${methodOf(operation)}`,
      operation === undefined ? NONE : (testOf(operation, tests) ?? NONE),
      operation === undefined ? NONE : `\`MDispatcherAPI.${signature.name}\``,
    ];
  });
  const incomplete = rows.filter((row) => row.includes(NONE));
  if (incomplete.length > 0) {
    const gaps = incomplete.map((row) => row.join(' | ')).join('\n');
    throw new Error(`these functions of the reference lack an operation, a test or a Python call:\n${gaps}`);
  }
  return [
    `${notice}
# Parity with the reference

${rows.length} of ${rows.length} functions of Muster's dispatcher API 9.0 are here, each with an operation of the [API](api/README.md),
tests of it and a function of the [Python modules](python.md). What each operation guarantees and refuses stands on its group's
page; what was decided where nothing is known of the reference, in [compatibility](compatibility.md).
`,
    table(['function', 'operation', 'test', 'Python'], rows),
    '',
  ].join('\n');
}

/** The entries of the page: a function with an argument that may be left out is printed there twice. */
function entries(): { signature: Signature; shown: string }[] {
  return pythonSignatures.flatMap((signature) => {
    const shownWith = (isWhole: boolean): string => {
      const names = signature.takes
        .filter(({ isOptional }) => isWhole || !isOptional)
        .map(({ name }) => name);
      return `${signature.name}(${names.join(', ')})`;
    };
    const whole = { signature, shown: shownWith(true) };
    return signature.takes.some(({ isOptional }) => isOptional)
      ? [whole, { signature, shown: shownWith(false) }]
      : [whole];
  });
}

const methodOf = (operation: Operation): string => route(operation).method;

/** The file that is named after the operation, else one of its group that calls it, else any that does. */
function testOf({ group, name }: Operation, tests: readonly TestFile[]): string | undefined {
  const ofGroup = tests.filter(({ path }) => path.startsWith(`test/operations/${group}/`));
  const found =
    ofGroup.find(({ path }) => path.endsWith(`/${name}.test.ts`)) ??
    ofGroup.find(({ text }) => new RegExp(`\\b${name}\\b`).test(text)) ??
    tests.find(({ text }) => text.includes(`.${name}(`));
  return found === undefined
    ? undefined
    : `[\`${found.path.replace(/^test\/(operations\/)?/, '')}\`](../${found.path})`;
}

interface TestFile {
  readonly path: string;
  readonly text: string;
}

function testFiles(): TestFile[] {
  return ['operations', 'live', 'flows']
    .flatMap((folder) =>
      readdirSync(join(root, 'test', folder), { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.test.ts'))
        .map((path) => `test/${folder}/${path}`)
        .sort(),
    )
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}
