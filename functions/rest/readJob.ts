/** The job object of a submission in the REST API, as a submission of the contract. */
import { invalidInput } from '../../shared/errors.ts';
import {
  checkTypes,
  chunkOrders,
  dependLinkModes,
  dependModes,
  type JobSubmission,
  packetTypes,
} from '../../shared/model/job.ts';
import { isoTime } from '../../shared/model/time.ts';
import { nameOfNumber, readNumber, readNumbers } from './readNumbers.ts';
import { isRecord } from './readRequest.ts';

type Raw = Readonly<Record<string, unknown>>;
/** Actions by the attributes that name them; each has one for its time and one for its exit code besides. */
const ACTIONS = {
  pre_job_action: 'beforeJob',
  post_job_action: 'afterJob',
  pre_chunk_action: 'beforeChunk',
  post_chunk_action: 'afterChunk',
} as const;

type Attributes = Record<string, { value: string | number; state: boolean; subst: boolean }>;

/** Of the movie; template and input flags are left out, since the template `ffmpeg` has neither. */
const MOVIE = 'movie_assembler';

/** Attributes that say what fields of a job say here; they are not handed on. */
const OF_FIELDS = new Set([
  'frames_range',
  'start_frame',
  'end_frame',
  'by_frame',
  'environmental_variables',
  'overridestatus',
  ...['', '_output', '_framerate', '_template', '_input_flags', '_output_flags'].map((name) => MOVIE + name),
  ...Object.keys(ACTIONS).flatMap((name) => [name, `${name}_timeout`, `${name}_check_retcode`]),
]);

/**
 * Throws `invalid-input` with the name that the client knows for what cannot be read; what is wrong beyond that the
 * operation says. Unknown members of the object are left out, as the reference's clients send dozens.
 */
export function readJob(raw: Raw): Partial<JobSubmission> {
  const attributes = readAttributes(raw['attributes']);
  const overrideStatus = active(attributes, 'overridestatus');
  const text = (name: string): string | undefined => {
    const value = raw[name];
    return value === undefined || value === null ? undefined : String(value);
  };
  const number = (name: string): number | undefined => readNumber(`job.${name}`, raw[name]);
  return withoutUndefined({
    name: text('jobName'),
    templateId: number('templateId'),
    templateVersion: text('templateVersion'),
    parentId: number('parentId') === 0 ? -1 : number('parentId'),
    priority: number('priority'),
    packetSize: number('packetSize'),
    // 0 is what clients send who leave it to the dispatcher.
    packetType:
      number('packetType') === 0 ? undefined : nameOfNumber('job.packetType', packetTypes, raw['packetType']),
    startOn: startOf(number('startOn')),
    maximumInstances: number('maximumInstances'),
    includedPools: readNames('job.includedPools', raw['includedPools']),
    excludedPools: readNames('job.excludedPools', raw['excludedPools']),
    dependIds: raw['dependIds'] === undefined ? undefined : readNumbers('job.dependIds', raw['dependIds']),
    dependMode: nameOfNumber('job.dependMode', dependModes, raw['dependMode']),
    dependLinkMode: nameOfNumber('job.dependLinkMode', dependLinkModes, raw['dependLinkMode']),
    emergencyQueue: raw['emergencyQueue'] === undefined ? undefined : isTrue(raw['emergencyQueue']),
    chunksPriority: nameOfNumber('job.chunksPriority', chunkOrders, raw['chunksPriority']),
    chunksInterleave: number('chunksInterleave'),
    // The reference counts minutes.
    chunkTimeoutSeconds: overridden(raw, 'ChunksTimeout', 'chunksTimeoutValue', (minutes) => minutes * 60),
    maximumChunksRequeue: overridden(raw, 'MaximumChunksRequeue', 'maximumChunksRequeueValue'),
    minimumCores: overridden(raw, 'MinimumCores', 'minimumCoresValue'),
    minimumThreads: overridden(raw, 'MinimumThreads', 'minimumThreadsValue'),
    minimumSpeedMhz: overridden(raw, 'MinimumSpeed', 'minimumSpeedValue'),
    minimumRamMb: overridden(raw, 'MinimumRam', 'minimumRamValue'),
    minimumPhysicalMb: overridden(raw, 'MinimumPhysical', 'minimumPhysicalValue'),
    minimumDiskSpaceMb: overridden(raw, 'MinimumDiskSpace', 'minimumDiskSpaceValue'),
    validExitCodes: overriddenCodes(raw, 'ValidExitCodes', 'validExitCodesValue'),
    warningExitCodes: overriddenCodes(raw, 'WarningExitCodes', 'warningExitCodesValue'),
    errorExitCodes: overriddenCodes(raw, 'ErrorExitCodes', 'errorExitCodesValue'),
    exitCodesErrorCheckType: nameOfNumber(
      'job.exitCodesErrorCheckType',
      checkTypes,
      raw['exitCodesErrorCheckType'],
    ),
    logsErrorCheckType: nameOfNumber('job.logsErrorCheckType', checkTypes, raw['logsErrorCheckType']),
    department: text('department'),
    project: text('project'),
    sequence: text('sequence'),
    shot: text('shot'),
    camera: text('camera'),
    ...framesOf(attributes),
    environment: environmentOf(attributes),
    actions: actionsOf(attributes),
    movie: movieOf(attributes),
    // 0 off, 1 idle, 2 paused.
    paused: overrideStatus === undefined ? undefined : Number(overrideStatus) === 2,
    attributes: Object.fromEntries(Object.entries(attributes).filter(([name]) => !OF_FIELDS.has(name))),
  }) as Partial<JobSubmission>;
}

const withoutUndefined = (record: Raw): Raw =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

const isTrue = (value: unknown): boolean => value === true || /^(1|true)$/i.test(String(value));

/** Names as a list, or as a text with commas; empty ones mean none. */
function readNames(field: string, value: unknown): string[] | undefined {
  if (value === undefined || value === null) return undefined;
  const names = typeof value === 'string' ? value.split(',') : value;
  if (!Array.isArray(names)) throw invalidInput(field, 'must be a list of names');
  return names.map((name) => String(name).trim()).filter((name) => name !== '');
}

/** An attribute is an object with value, state and subst, or its value alone. */
function readAttributes(raw: unknown): Attributes {
  if (raw === undefined || raw === null) return {};
  if (!isRecord(raw)) throw invalidInput('job.attributes', 'must be an object');
  return Object.fromEntries(
    Object.entries(raw).map(([name, given]) => {
      const { value, state = true, subst = false } = isRecord(given) ? given : { value: given };
      if (typeof value === 'boolean')
        return [name, { value: value ? 1 : 0, state: isTrue(state), subst: isTrue(subst) }];
      if (typeof value !== 'string' && typeof value !== 'number')
        throw invalidInput(`job.attributes.${name}.value`, 'must be a text or a number');
      return [name, { value, state: isTrue(state), subst: isTrue(subst) }];
    }),
  );
}

/** The value of an attribute that is active and not empty. */
function active(attributes: Attributes, name: string): string | number | undefined {
  const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  return attribute?.state === true && String(attribute.value).trim() !== '' ? attribute.value : undefined;
}

/** Start, end and step, or `frames_range` alone: `1-48`, `1-48x2`, `7`. What is given one by one counts first. */
function framesOf(attributes: Attributes): Raw {
  const field = (name: string) => readNumber(`job.attributes.${name}`, active(attributes, name));
  const range = active(attributes, 'frames_range');
  const frame = String.raw`-?\d+(?:\.\d+)?`;
  const match = new RegExp(`^(${frame})(?:-(${frame})(?:x(\\d+(?:\\.\\d+)?))?)?$`).exec(
    String(range ?? '').trim(),
  );
  if (range !== undefined && match === null)
    throw invalidInput(
      'job.attributes.frames_range',
      'must be one range such as 1-48, 1-48x2 or 7; submit a job for each of several',
    );
  const [, start, end = start, step] = match ?? [];
  const ofRange = (value: string | undefined) => (value === undefined ? undefined : Number(value));
  return {
    startFrame: field('start_frame') ?? ofRange(start),
    endFrame: field('end_frame') ?? ofRange(end),
    byFrame: field('by_frame') ?? ofRange(step),
  };
}

/** `NAME='value', OTHER='value'`. */
function environmentOf(attributes: Attributes): Record<string, string> | undefined {
  const text = active(attributes, 'environmental_variables');
  if (text === undefined) return undefined;
  const pairs = [...String(text).matchAll(/([^=,\s]+)\s*=\s*(?:'([^']*)'|"([^"]*)"|([^,]*))(?:,\s*|$)/g)];
  return Object.fromEntries(
    pairs.map(([, name, single, double, bare]) => [name, single ?? double ?? bare?.trim() ?? '']),
  );
}

/** The actions that the attributes name; a time of 0 is what clients send who leave it to the dispatcher. */
function actionsOf(attributes: Attributes): Raw | undefined {
  const actions = Object.entries(ACTIONS).flatMap(([name, field]) => {
    const command = active(attributes, name);
    if (command === undefined) return [];
    const timeout = readNumber(`job.attributes.${name}_timeout`, active(attributes, `${name}_timeout`));
    const action = {
      command: String(command),
      ...(timeout === undefined || timeout === 0 ? {} : { timeoutSeconds: timeout }),
      checksExitCode: isTrue(active(attributes, `${name}_check_retcode`) ?? false),
    };
    return [[field, action]];
  });
  return actions.length === 0 ? undefined : Object.fromEntries(actions);
}

/** The movie, where it is switched on; a rate of 0 is what clients send who leave it to the dispatcher. */
function movieOf(attributes: Attributes): Raw | undefined {
  if (!isTrue(active(attributes, MOVIE) ?? false)) return undefined;
  const frameRate = readNumber(`job.attributes.${MOVIE}_framerate`, active(attributes, `${MOVIE}_framerate`));
  const flags = active(attributes, `${MOVIE}_output_flags`);
  return {
    output: String(active(attributes, `${MOVIE}_output`) ?? ''),
    ...(frameRate === undefined || frameRate === 0 ? {} : { frameRate }),
    ...(flags === undefined ? {} : { flags: String(flags) }),
  };
}

/** Seconds since 1970; 0 and less start at once. */
const startOf = (seconds: number | undefined): string | undefined =>
  seconds === undefined || seconds <= 0 ? undefined : isoTime(seconds * 1_000);

/** A setting of the job's own, where its override is on. */
function overridden(
  raw: Raw,
  override: string,
  valueName: string,
  convert: (value: number) => number = (value) => value,
): number | undefined {
  if (!isTrue(raw[`override${override}`])) return undefined;
  const value = readNumber(`job.${valueName}`, raw[valueName] ?? raw[`override${override}Value`]);
  return value === undefined ? undefined : convert(value);
}

function overriddenCodes(raw: Raw, override: string, valueName: string): number[] | undefined {
  if (!isTrue(raw[`override${override}`])) return undefined;
  return readNumbers(`job.${valueName}`, raw[valueName] ?? raw[`override${override}Value`]);
}
