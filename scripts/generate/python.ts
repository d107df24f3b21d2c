/** The generated part of the Python package: objects, functions and their page, from the contract. */

import { operations } from '../../shared/contract/index.ts';
import { route } from '../../shared/contract/operation.ts';
import { DEFAULT_PRIORITY } from '../../shared/model/job.ts';
import { notice, table } from './docs.ts';
import type { JsonSchema } from './openapi.ts';
import { type ConstantSet, constantName, constantSets } from './pythonConstants.ts';
import { pythonSignatures, type Result, type Signature } from './pythonSignatures.ts';

const header = '# Generated from the contract by `npm run generate`; do not edit.\n';
const paging = new Set(['limit', 'pageToken', 'requestToken']);

/** Other names of fields that scripts of Muster use. */
const aliases: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  MJob: { JobId: /^id$/, TemplateID: /^templateId$/, MaximumNodes: /^maximumInstances$/, JobType: /^type$/ },
};

/** Lists that Muster has as text with commas. */
const namesAsText: Readonly<Record<string, readonly string[]>> = { MJob: ['includedPools', 'excludedPools'] };

const defaults: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  MJob: { type: 'job', priority: DEFAULT_PRIORITY },
};

const texts: Readonly<Record<string, string>> = {
  MJob: 'A job or a folder of the queue.',
  MChunk: 'A packet of frames of a job.',
  MHistoryChunk: 'An attempt at a chunk that has ended.',
  MNode: 'A render node: one instance on some machine.',
  MClient: 'A Console that is connected.',
  MNClient: 'A notificator that is connected.',
  MPool: 'A pool of nodes.',
  MUser: 'A user.',
  MGroup: 'A group of users.',
  MRepository: 'A repository.',
  MBackupJob: 'A job of the archive.',
  MBackupQuery: 'Which jobs of the archive are wanted.',
  MBackupQueryBoundaries: 'What the archive holds.',
  MDispatcherConfiguration: 'The settings of the farm.',
  MLDAPConfiguration: 'The settings of the directory of users.',
};
const objectNames = Object.keys(texts);

/** The generated files by path. */
export async function pythonFiles(description: JsonSchema): Promise<Record<string, string>> {
  const { schemas } = description['components'] as { schemas: Record<string, JsonSchema> };
  const sets = await constantSets(objectNames);
  const bound = pythonSignatures.map((signature) => bind(signature, description, schemas));
  const objects = objectNames.map((name) => objectOf(name, bound, schemas, sets));
  return {
    'python/src/_rollcall/objects.py': objectsSource(objects, sets),
    'python/src/MDispatcherAPI.py': functionsSource(bound, sets, objects),
    'docs/python-reference.md': page(bound, objects, sets),
  };
}

type Schemas = Readonly<Record<string, JsonSchema>>;
type Properties = Readonly<Record<string, JsonSchema>>;

interface Field {
  readonly field: string;
  readonly schema: JsonSchema;
}

type Taken =
  | (Field & { readonly as: 'value'; readonly name: string; readonly record: string | undefined })
  | {
      readonly as: 'part';
      readonly name: string;
      readonly type: string;
      readonly field: string;
      readonly properties: Properties;
      readonly always: readonly string[] | undefined;
      readonly beside: readonly string[];
    }
  | {
      readonly as: 'out';
      readonly name: string;
      readonly type: string;
      readonly field: string;
      readonly properties: Properties;
    };

interface Bound {
  readonly signature: Signature;
  /** Undefined where the contract has no operation of the name. */
  readonly operation: (typeof operations)[number] | undefined;
  readonly takes: readonly Taken[];
  readonly gives: readonly (Field & { readonly result: Result })[];
  readonly isPaged: boolean;
  readonly takesToken: boolean;
}

/** Finds for each argument and result of a function the field of its operation. */
function bind(signature: Signature, description: JsonSchema, schemas: Schemas): Bound {
  const operation = operations.find(({ name }) => name === signature.name);
  if (operation === undefined) {
    const gives = signature.gives.map((result) => ({ field: '', schema: {}, result }));
    return { signature, operation, takes: [], gives, isPaged: false, takesToken: false };
  }
  const { input, output } = shapes(operation, description, schemas);
  const free = new Map(Object.entries(input.properties).filter(([name]) => !paging.has(name)));
  const values = signature.takes.filter(({ type, isOut }) => !isOut && !isObject(type));
  const fieldOf = new Map<string, Field>();
  const claim = (argument: string, field: string): void => {
    fieldOf.set(argument, { field, schema: free.get(field) ?? {} });
    free.delete(field);
  };
  for (const { name } of values) if (free.has(name)) claim(name, name);
  const hasPart = signature.takes.some(({ type, isOut }) => !isOut && isObject(type));
  for (const { name } of values.filter((one) => !fieldOf.has(one.name))) {
    const isPlain = (field: string): boolean =>
      !hasPart || propertiesOf(free.get(field) ?? {}, schemas) === undefined;
    const left = [...free.keys()].filter(isPlain);
    const field = left.find((one) => input.required.has(one)) ?? left[0];
    if (field === undefined) throw misfit(signature, `argument ${name} has no field`);
    claim(name, field);
  }
  const unclaimed = { ...output.properties };
  const takes = signature.takes.map((argument): Taken => {
    const { name, type = '', isOut } = argument;
    if (isOut) return { as: 'out', name, type, ...outOf(type, unclaimed, schemas) };
    if (isObject(type)) return { as: 'part', name, type, ...partOf(signature, free, input, schemas) };
    const field = fieldOf.get(name);
    if (field === undefined) throw misfit(signature, `argument ${name} has no field`);
    return { as: 'value', name, record: type === '' ? undefined : type, ...field };
  });
  const missing = [...free.keys()].filter((name) => input.required.has(name));
  if (missing.length > 0) throw misfit(signature, `field ${missing[0]} has no argument`);
  const gives = signature.gives.map((result) => ({
    result,
    ...resultOf(signature, result, unclaimed, output.properties, schemas),
  }));
  const isPaged = 'nextPageToken' in output.properties;
  return { signature, operation, takes, gives, isPaged, takesToken: 'requestToken' in input.properties };
}

const misfit = ({ name }: Signature, what: string): Error =>
  new Error(
    `${name} does not fit scripts/generate/pythonSignatures.ts: ${what}; make them fit, or say there how they do`,
  );

const isObject = (type: string | undefined): boolean => /^M[A-Z]/.test(type ?? '');

interface Shape {
  readonly properties: Properties;
  readonly required: ReadonlySet<string>;
}

function shapes(
  operation: (typeof operations)[number],
  description: JsonSchema,
  schemas: Schemas,
): { readonly input: Shape; readonly output: Shape } {
  const { method, path } = route(operation);
  const item = (description['paths'] as Record<string, Record<string, Described>>)[path]?.[
    method.toLowerCase()
  ];
  if (item === undefined) throw new Error(`openapi.json has no ${method} ${path}`);
  const body = item.requestBody?.content['application/json'].schema ?? {
    properties: Object.fromEntries((item.parameters ?? []).map(({ name, schema }) => [name, schema])),
    required: (item.parameters ?? []).filter(({ required }) => required).map(({ name }) => name),
  };
  const answer = item.responses[String(operation.status)]?.content['application/json'].schema ?? {};
  return { input: shapeOf(resolve(body, schemas)), output: shapeOf(resolve(answer, schemas)) };
}

interface Described {
  readonly parameters?: readonly {
    readonly name: string;
    readonly required: boolean;
    readonly schema: JsonSchema;
  }[];
  readonly requestBody?: {
    readonly content: { readonly 'application/json': { readonly schema: JsonSchema } };
  };
  readonly responses: Readonly<
    Record<string, { readonly content: { readonly 'application/json': { readonly schema: JsonSchema } } }>
  >;
}

const shapeOf = (schema: JsonSchema): Shape => ({
  properties: (schema['properties'] ?? {}) as Properties,
  required: new Set((schema['required'] ?? []) as string[]),
});

/** An argument that is an object: under the input's one object, or beside its other fields. Claims what is left. */
function partOf(
  signature: Signature,
  free: Map<string, JsonSchema>,
  input: Shape,
  schemas: Schemas,
): {
  readonly field: string;
  readonly properties: Properties;
  readonly always: readonly string[] | undefined;
  readonly beside: readonly string[];
} {
  const field = [...free].find(([, schema]) => propertiesOf(schema, schemas) !== undefined)?.[0] ?? '';
  const schema = resolve(free.get(field) ?? {}, schemas);
  const { properties, required } =
    field === '' ? { ...input, properties: Object.fromEntries(free) } : shapeOf(schema);
  const isChange = /(Edit|Configure|Configuration)$/.test(signature.name);
  // A field with a default is not left as it is by leaving it out.
  const always = Object.entries(properties)
    .filter(([name, one]) => required.has(name) || 'default' in one)
    .map(([name]) => name);
  const beside =
    field === '' ? [] : [...free.keys()].filter((name) => name !== field && input.required.has(name));
  if (field === '') free.clear();
  for (const name of [field, ...beside]) free.delete(name);
  return { field, properties, always: isChange ? always : undefined, beside };
}

function outOf(
  type: string,
  output: Record<string, JsonSchema>,
  schemas: Schemas,
): { readonly field: string; readonly properties: Properties } {
  if (type === 'MStringRef') {
    const field = Object.keys(output).find((name) => nonNull(output[name] ?? {})['type'] === 'string') ?? '';
    return { field, properties: {} };
  }
  const field = Object.keys(output).find((name) => propertiesOf(output[name] ?? {}, schemas) !== undefined);
  if (field === undefined) return { field: '', properties: output };
  return { field, properties: propertiesOf(output[field] ?? {}, schemas) ?? {} };
}

/** The first field of the answer that is of the kind of the result and not taken. */
function resultOf(
  signature: Signature,
  { type, isList }: Result,
  unclaimed: Record<string, JsonSchema>,
  all: Properties,
  schemas: Schemas,
): Field {
  const fits = (whole: JsonSchema): boolean => {
    const schema = isList ? ((whole['items'] ?? {}) as JsonSchema) : nonNull(whole);
    if (isObject(type)) return propertiesOf(schema, schemas) !== undefined;
    if (type === 'time') return schema['format'] === 'date-time';
    return schema['type'] === (type === 'flag' ? 'boolean' : type === 'text' ? 'string' : 'integer');
  };
  const field = Object.keys(unclaimed).find(
    (name) => name !== 'nextPageToken' && fits(unclaimed[name] ?? {}),
  );
  if (field === undefined) {
    if (isObject(type) && !isList) return { field: '', schema: { type: 'object', properties: all } };
    throw misfit(signature, `its answer has no ${isList ? 'list of ' : ''}${type}`);
  }
  const schema = unclaimed[field] ?? {};
  delete unclaimed[field];
  return { field, schema: isList ? ((schema['items'] ?? {}) as JsonSchema) : schema };
}

function resolve(schema: JsonSchema, schemas: Schemas): JsonSchema {
  const name = /^#\/components\/schemas\/(.+)$/.exec(String(schema['$ref'] ?? ''))?.[1];
  return name === undefined ? schema : { ...schemas[name], ...schema };
}

/** Fields of an object; undefined for anything else, open maps too. */
function propertiesOf(schema: JsonSchema, schemas: Schemas): Properties | undefined {
  const { type, properties } = resolve(schema, schemas);
  return type === 'object' && properties !== undefined ? (properties as Properties) : undefined;
}

const isNullable = (schema: JsonSchema): boolean =>
  ((schema['anyOf'] ?? []) as JsonSchema[]).some(({ type }) => type === 'null') ||
  (Array.isArray(schema['type']) && schema['type'].includes('null'));

/** The schema without null. */
function nonNull(schema: JsonSchema): JsonSchema {
  const branches = ((schema['anyOf'] ?? []) as JsonSchema[]).filter(({ type }) => type !== 'null');
  if (branches.length === 1) return branches[0] ?? {};
  if (Array.isArray(schema['type'])) return { ...schema, type: schema['type'].find((one) => one !== 'null') };
  return schema;
}

interface PythonField {
  readonly name: string;
  readonly kind: string;
  readonly hint: string;
  readonly initial: string;
  readonly text: string;
  readonly otherNames: readonly string[];
}

interface PythonObject {
  readonly name: string;
  readonly fields: readonly PythonField[];
}

/** An object has every field that some function gives or takes. */
function objectOf(
  name: string,
  bound: readonly Bound[],
  schemas: Schemas,
  sets: readonly ConstantSet[],
): PythonObject {
  const given: Properties[] = [];
  const taken: Properties[] = [];
  for (const { takes, gives } of bound) {
    for (const { result, schema } of gives) {
      if (result.type === name) given.push(propertiesOf(schema, schemas) ?? {});
    }
    for (const take of takes) {
      if (take.as === 'part' && take.type === name) {
        taken.push(take.properties);
        given.push(Object.fromEntries(take.beside.map((field) => [field, {}])));
      }
      if (take.as === 'out' && take.type === name) given.push(take.properties);
    }
  }
  const first = (maps: readonly Properties[], field: string): JsonSchema | undefined =>
    maps.map((map) => map[field]).find((schema) => schema !== undefined);
  const names = new Set([...given, ...taken].flatMap((map) => Object.keys(map)));
  const all: [string, JsonSchema][] = [...names].map((field) => {
    const seen = first(given, field);
    const sent = first(taken, field);
    return [
      field,
      {
        ...sent,
        ...seen,
        ...(sent !== undefined && 'default' in sent ? { default: sent['default'] } : {}),
        description: sent?.['description'] ?? seen?.['description'],
      },
    ];
  });
  return { name, fields: all.map(([field, schema]) => fieldOf(name, field, schema, schemas, sets)) };
}

function fieldOf(
  object: string,
  name: string,
  whole: JsonSchema,
  schemas: Schemas,
  sets: readonly ConstantSet[],
): PythonField {
  const schema = { ...whole, ...resolve(nonNull(whole), schemas) };
  const isOptional = isNullable(whole);
  const kind = (namesAsText[object] ?? []).includes(name) ? 'NAMES' : kindOf(name, schema, isOptional, sets);
  const initial =
    defaults[object]?.[name] ?? whole['default'] ?? (isOptional || kind === 'ID' ? null : zero(schema));
  const otherNames = Object.entries(aliases[object] ?? {}).flatMap(([alias, pattern]) =>
    pattern.test(name) && alias !== capital(name) ? [alias] : [],
  );
  return {
    name,
    kind,
    hint: hintOf(kind, schema, isOptional),
    initial: literal(initial),
    text: String(whole['description'] ?? ''),
    otherNames,
  };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Name of the kind in Python: how a field is shown. `sets` is searched for the record of an enumeration. */
function kindOf(
  name: string,
  schema: JsonSchema,
  isOptional: boolean,
  sets: readonly ConstantSet[],
  record?: string,
): string {
  const items = (schema['items'] ?? {}) as JsonSchema;
  const values = (schema['enum'] ?? items['enum']) as string[] | undefined;
  if (record !== undefined) return record;
  if (values !== undefined) {
    const same = sets.filter(
      (set) =>
        set.isNumbered && set.values.size === values.length && values.every((value) => set.values.has(value)),
    );
    if (same.length > 1) throw new Error(`${name} may be of ${same.map((set) => set.name).join(' and of ')}`);
    const [set] = same;
    if (set !== undefined) return 'enum' in schema ? set.name : `Bits(${set.name}.numbers)`;
  }
  if (schema['format'] === 'date-time') return 'TIME';
  if (schema['type'] === 'boolean') return 'FLAG';
  if (name === 'id' || (isOptional && /Id$/.test(name))) return 'ID';
  return 'PLAIN';
}

function hintOf(kind: string, schema: JsonSchema, isOptional: boolean): string {
  if (kind === 'TIME') return 'float';
  if (kind === 'NAMES') return 'str';
  if (kind !== 'PLAIN' && kind !== 'FLAG') return 'int';
  const plain = plainHint(schema);
  return isOptional ? `Optional[${plain}]` : plain;
}

function plainHint(schema: JsonSchema): string {
  switch (schema['type']) {
    case 'string':
      return 'str';
    case 'integer':
      return 'int';
    case 'number':
      return 'float';
    case 'boolean':
      return 'bool';
    case 'array': {
      const items = schema['items'] as JsonSchema;
      return '$ref' in items ? 'List[Dict[str, Any]]' : `List[${plainHint(items)}]`;
    }
    case 'object':
      return 'Dict[str, Any]';
    default:
      if (
        (schema['anyOf'] as JsonSchema[] | undefined)?.every((one) =>
          /^(integer|number)$/.test(String(one['type'])),
        )
      )
        return 'int';
      return 'Any';
  }
}

function zero(schema: JsonSchema): unknown {
  if (schema['enum'] !== undefined || schema['format'] === 'date-time') return null;
  return (
    { string: '', integer: 0, number: 0, boolean: false, array: [], object: {} }[String(schema['type'])] ??
    null
  );
}

/** A Python literal. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object') {
    return `{${Object.entries(value)
      .map(([name, one]) => `${literal(name)}: ${literal(one)}`)
      .join(', ')}}`;
  }
  return JSON.stringify(value);
}

function docstring(text: string, indent: string): string {
  const clean = text.replaceAll('\\', '\\\\').replaceAll('"""', "'''");
  const lines = wrap(clean, 112 - indent.length);
  if (lines.length === 1 && clean.length < 100) return `${indent}"""${clean}"""`;
  return [`${indent}"""`, ...lines.map((line) => indent + line), `${indent}"""`].join('\n');
}

function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last === '') lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

const constantLines = (sets: readonly ConstantSet[], object: string, indent: string): string[] =>
  sets
    .filter((set) => set.object === object)
    .flatMap((set) =>
      [...set.values].map(([value, number]) => `${indent}${constantName(set, value)} = ${literal(number)}`),
    );

function objectsSource(objects: readonly PythonObject[], sets: readonly ConstantSet[]): string {
  const records = sets
    .filter(({ isNumbered }) => isNumbered)
    .map(({ name, values }) => `${name} = Number(${literal(Object.fromEntries(values))})`);
  const classes = objects.map(({ name, fields }) => {
    const methods = fields.flatMap((field) =>
      [capital(field.name), ...field.otherNames].flatMap((suffix) => methodsOf(field, suffix)),
    );
    const constants = constantLines(sets, name, '    ');
    return [
      `class ${name}(${name === 'MJob' ? 'Attributes' : 'Entity'}):`,
      docstring(texts[name] ?? '', '    '),
      ...(constants.length > 0 ? ['', ...constants] : []),
      '',
      '    _fields = {',
      ...fields.map(({ name: field, kind, initial }) => `        ${literal(field)}: (${kind}, ${initial}),`),
      '    }',
      ...methods,
    ].join('\n');
  });
  const module = constantLines(sets, '', '');
  const names = [
    ...objects.map(({ name }) => name),
    'MStringRef',
    'MUSTERERR',
    ...module.map((line) => line.split(' ')[0] ?? ''),
  ];
  const hasBits = objects.some(({ fields }) => fields.some(({ kind }) => kind.startsWith('Bits(')));
  return `${header}"""The objects that the functions take and give, and their constants."""

from typing import Any, Dict, List, Optional

from .attributes import Attributes
from .entity import ${hasBits ? 'Bits, ' : ''}FLAG, ID, NAMES, PLAIN, TIME, Entity, MStringRef, Number
from .errors import MUSTERERR

__all__ = ${listLines(names)}

${[...records, '', ...module].join('\n')}


${classes.join('\n\n\n')}
`;
}

const listLines = (names: readonly string[]): string =>
  `[\n${names.map((name) => `    ${literal(name)},`).join('\n')}\n]`;

function methodsOf({ name, hint, text, kind }: PythonField, suffix: string): string[] {
  const doc = text === '' ? [] : [docstring(text, '        ')];
  // A text or a list of names.
  const takes = kind === 'NAMES' ? 'Any' : hint;
  return [
    '',
    `    def get${suffix}(self) -> ${hint}:`,
    ...doc,
    `        return self._get(${literal(name)})`,
    '',
    `    def set${suffix}(self, value: ${takes}) -> None:`,
    ...doc,
    `        self._set(${literal(name)}, value)`,
  ];
}

/** Bodies that do more than call. */
const bodies: Readonly<Record<string, string>> = {
  dbImportQueueSQL: 'importQueue(_dbImportQueueSQL, sql)',
  jobSubmit: 'submitJob(_jobSubmit, _jobAddFolder, job, owner)',
};

function functionsSource(
  bound: readonly Bound[],
  sets: readonly ConstantSet[],
  objects: readonly PythonObject[],
): string {
  const kinds = new Set<string>();
  const kind = (name: string): string => {
    for (const [part] of name.matchAll(/\b(?<!\.)\w+/g)) kinds.add(part);
    return name;
  };
  const functions = bound.map((one) => {
    const { signature, operation } = one;
    const takes = one.takes.map((take) => takeSource(take, sets, kind, objects));
    const gives = one.gives.map(({ field, schema, result }) => giveSource(field, schema, result, sets, kind));
    const path = operation === undefined ? '' : route(operation).path;
    const method = operation === undefined ? '' : route(operation).method;
    const parts = [
      literal(signature.name),
      literal(method),
      literal(path),
      literal(one.takesToken),
      literal(one.isPaged),
    ];
    const names = signature.takes.map(({ name }) => name);
    const body = bodies[signature.name] ?? `run(${[`_${signature.name}`, ...names].join(', ')})`;
    return [
      `_${signature.name} = Operation(${parts.join(', ')}, ${tuple(takes)}, ${tuple(gives)})`,
      '',
      '',
      `def ${signature.name}(${hintedArguments(one, sets)}) -> ${returned(signature)}:`,
      docstring(operation?.text ?? 'This server does not have it: returns an error.', '    '),
      `    return ${body}`,
    ].join('\n');
  });
  const source = functions.join('\n\n\n');
  const records = [...kinds].filter((name) => /^[a-z]/.test(name)).sort();
  const plain = [...kinds].filter((name) => /^[A-Z]/.test(name)).sort();
  const specs = ['Many', 'One', 'Operation', 'Out', 'Part', 'Value'].filter((name) =>
    source.includes(`${name}(`),
  );
  const typing = ['Any', 'Dict', 'List', 'Optional', 'Tuple'].filter((name) =>
    new RegExp(`\\b${name}\\b`).test(source.replaceAll(/"""[\s\S]*?"""/g, '')),
  );
  return `${header}"""
The functions of Muster 9's Dispatcher Python API. Each returns a MUSTERERR, alone or first of a tuple, and raises
nothing for what goes wrong. The server is named by ROLLCALL_URL, with ROLLCALL_TOKEN or ROLLCALL_USER and
ROLLCALL_PASSWORD.
"""

from typing import ${typing.join(', ')}

from _rollcall import objects as _objects
from _rollcall.entity import ${plain.join(', ')}
from _rollcall.objects import *  # noqa: F401,F403
${records.length > 0 ? `from _rollcall.objects import ${records.join(', ')}\n` : ''}from _rollcall.operation import ${specs.join(', ')}, run
from _rollcall.queueImport import importQueue
from _rollcall.submission import submitJob

__all__ = [
    *_objects.__all__,
${bound.map(({ signature }) => `    ${literal(signature.name)},`).join('\n')}
]

${source}
`;
}

const tuple = (items: readonly string[]): string =>
  items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;

function takeSource(
  take: Taken,
  sets: readonly ConstantSet[],
  kind: (name: string) => string,
  objects: readonly PythonObject[],
): string {
  if (take.as === 'out') return `Out(${literal(take.field)}, ${take.type})`;
  if (take.as === 'value') {
    const schema = nonNull(take.schema);
    return `Value(${literal(take.field)}, ${kind(kindOf('', schema, false, sets, take.record))})`;
  }
  const own = new Set(objects.find(({ name }) => name === take.type)?.fields.map(({ name }) => name));
  const stranger = take.beside.find((name) => !own.has(name));
  if (stranger !== undefined) throw new Error(`${take.type} has no field ${stranger}`);
  const always = take.always === undefined ? 'None' : names(take.always);
  return `Part(${literal(take.field)}, ${take.type}, ${names(Object.keys(take.properties))}, ${always}, ${names(take.beside)})`;
}

const names = (list: readonly string[]): string => tuple(list.map(literal));

function giveSource(
  field: string,
  whole: JsonSchema,
  { type, isList }: Result,
  sets: readonly ConstantSet[],
  kind: (name: string) => string,
): string {
  if (isList) return `Many(${literal(field)}, ${isObject(type) ? type : 'None'})`;
  if (isObject(type)) return `One(${literal(field)}, ${type})`;
  return `Value(${literal(field)}, ${kind(kindOf('', nonNull(whole), false, sets))})`;
}

function hintedArguments({ signature, takes }: Bound, sets: readonly ConstantSet[]): string {
  return signature.takes
    .map(({ name, type, isOptional }, position) => {
      const take = takes[position];
      let hint = isObject(type) ? type : 'Any';
      if (take?.as === 'value') {
        const schema = nonNull(take.schema);
        hint = hintOf(kindOf('', schema, false, sets, take.record), schema, isOptional);
      }
      return `${name}: ${hint}${isOptional ? ' = None' : ''}`;
    })
    .join(', ');
}

const resultHints: Readonly<Record<string, string>> = {
  text: 'str',
  number: 'int',
  flag: 'bool',
  time: 'float',
};

function returned({ gives }: Signature): string {
  if (gives.length === 0) return 'MUSTERERR';
  const hints = gives.map(({ type, isList }) => {
    const hint = resultHints[type] ?? type;
    return isList ? `List[${hint}]` : `Optional[${hint}]`;
  });
  return `Tuple[${['MUSTERERR', ...hints].join(', ')}]`;
}

function page(
  bound: readonly Bound[],
  objects: readonly PythonObject[],
  sets: readonly ConstantSet[],
): string {
  return `${[
    notice,
    '# Python reference',
    'Functions, objects and constants of the [Python package](python.md). A function whose operation is missing returns an error that says so.',
    '## Functions',
    'Every function returns a MUSTERERR, alone or first of a tuple.',
    table(
      ['function', 'also returns', 'operation'],
      bound.map(({ signature, operation }) => [
        `\`${signature.name}(${signature.takes.map(({ name, isOptional }) => (isOptional ? `[${name}]` : name)).join(', ')})\``,
        signature.gives
          .map(({ type, isList }) =>
            isList ? `list of ${resultHints[type] ?? type}` : (resultHints[type] ?? type),
          )
          .join(', '),
        operation === undefined
          ? 'missing'
          : `[${operation.group}](api/${operation.group}.md#${operation.name.toLowerCase()})`,
      ]),
    ),
    '## Objects',
    'Each field has a getter `get…` and a setter `set…`.',
    ...objects.flatMap(({ name, fields }) => [
      `### ${name}`,
      texts[name] ?? '',
      fields.length === 0
        ? 'No fields yet.'
        : table(
            ['field', 'type', 'meaning'],
            fields.map(({ name: field, hint, text, otherNames }) => [
              [capital(field), ...otherNames].map((one) => `\`${one}\``).join(', '),
              hint,
              text,
            ]),
          ),
    ]),
    '## Constants',
    'Where the dispatcher has no number for a value, its constant is the name itself.',
    table(
      ['constant', 'value', 'means'],
      sets.flatMap((set) =>
        [...set.values].map(([value, number]) => [
          `\`${set.object === '' ? 'MTemplateAPI' : set.object}.${constantName(set, value)}\``,
          literal(number),
          `\`${value}\``,
        ]),
      ),
    ),
  ].join('\n\n')}\n`;
}
