/** Makes a template of a render engine that is described by data. */

import type { Template, TemplateField } from '../contract/hooks.ts';
import type { Packet } from '../model/chunk.ts';
import type { EngineDefinition } from '../model/engineDefinition.ts';
import type { JobSpec } from '../model/job.ts';
import type { Platform } from '../model/node.ts';
import {
  frameFile,
  frameRunProblem,
  framesOf,
  frameText,
  splitPath,
  splitPattern,
  wholeFrameViolations,
} from './frames.ts';
import {
  dashProblem,
  flagsOf,
  flagsProblem,
  moreFlags,
  pathOf,
  pathViolations,
  rangeViolations,
} from './rendererFields.ts';
import { type FieldViolation, findText } from './templateFields.ts';

type DefinedField = EngineDefinition['fields'][number];

/** `{name}`, or `{name:part}` for a part of a file name. */
const placeholder = /\{([A-Za-z_]\w*)(?::([a-z]+))?\}/g;

/** A template out of its description, which must be valid. */
export function engineTemplate(engine: EngineDefinition): Template {
  const fields = engine.fields.map(templateField);
  const platforms = platformsOf(engine);
  return {
    id: engine.id,
    name: engine.name,
    description: engine.description,
    fields,
    checks: engine.checks,
    limits: engine.limits,
    ...(engine.startDelay && { startDelay: engine.startDelay }),
    ...(engine.jobDefaults && { jobDefaults: engine.jobDefaults }),
    ...(platforms.length === 3 ? {} : { needs: { platforms, software: [] } }),

    validate(job) {
      const violations: FieldViolation[] = [];
      const refuse = (field: string, rule: string): void => {
        violations.push({ field, rule });
      };
      if (engine.wholeFrames) violations.push(...wholeFrameViolations(job));
      if (!engine.packetTypes.includes(job.packetType)) {
        refuse('packetType', `must be ${engine.packetTypes.join(' or ')} with ${engine.name}`);
      }
      if (engine.oneFrame && job.packetType !== 'image-slices' && job.packetSize !== 1) {
        refuse('packetSize', `must be 1: a process of ${engine.name} renders one frame`);
      }
      if (job.platform !== 'any' && !platforms.includes(job.platform)) {
        refuse('platform', `must be ${platforms.join(' or ')}: ${engine.name} runs on no other`);
      }
      engine.fields.forEach((defined, index) => {
        const field = fields[index] as TemplateField;
        if (defined.kind === 'file' || defined.kind === 'folder') {
          const rules = defined.numbered ? [dashProblem, frameRunProblem] : [dashProblem];
          violations.push(...pathViolations(field, job, ...rules));
        }
        if (defined.kind === 'string' && defined.name !== moreFlags.name) {
          const rule = dashProblem(findText(field, job)?.trim() ?? '');
          if (rule !== undefined) refuse(defined.name, rule);
        }
        if (defined.range !== undefined)
          violations.push(...rangeViolations(job, [[field, ...defined.range]]));
        if (defined.name === moreFlags.name) {
          const rule = flagsProblem(job);
          if (rule !== undefined) refuse(defined.name, rule);
        }
      });
      return violations;
    },

    outputPattern(job) {
      const output = fields.find(({ name }) => name === engine.outputField);
      return output === undefined ? undefined : pathOf(output, job);
    },

    buildCommand(job, packet, { platform }) {
      const folder = fields.find(({ name }) => name === engine.startingFolder);
      const startingFolder = folder === undefined ? '' : pathOf(folder, job);
      const values = placeholders(engine, fields, job, packet);
      return {
        // A job that was submitted before the engine lost a platform may get to a node without one.
        program: engine.programs[platform] ?? engine.name,
        arguments: engine.arguments.flatMap((item) =>
          item === `{${moreFlags.name}}`
            ? flagsOf(job)
            : fillIn(typeof item === 'string' ? [item] : item, values),
        ),
        environment: engine.environment,
        ...(startingFolder === '' ? {} : { startingFolder }),
      };
    },
  };
}

const platformsOf = ({ programs }: EngineDefinition): Platform[] =>
  (['darwin', 'linux', 'win32'] as const).filter((platform) => programs[platform] !== null);

function templateField({ name, label, kind, required, default: taken }: DefinedField): TemplateField {
  return { name, label, kind, required, ...(taken === undefined ? {} : { default: taken }) };
}

/** What stands for each placeholder; undefined where the job says nothing and there is no default. */
function placeholders(
  engine: EngineDefinition,
  fields: readonly TemplateField[],
  job: JobSpec,
  packet: Packet,
): (name: string, part: string | undefined) => string | undefined {
  const frames = new Map([
    ['start_frame', frameText(packet.startFrame)],
    ['end_frame', frameText(packet.endFrame)],
    ['by_frame', String(packet.byFrame)],
    ['frame_count', String(packet.frameCount)],
    ['frame_list', frameList(packet, engine.frameSeparator)],
    ['job_id', String(job.id)],
  ]);
  return (name, part) => {
    const field = fields.find((candidate) => candidate.name === name);
    if (field === undefined) return frames.get(name);
    const text = findText(field, job)?.trim();
    return text === undefined || part === undefined ? text : partOf(text, part, packet.startFrame);
  };
}

/** Frames in a row as a range, others one by one: `1-10`, or `1,3,5`. */
function frameList({ startFrame, endFrame, byFrame }: Packet, separator: string): string {
  const frames = framesOf(startFrame, endFrame, byFrame).map(frameText);
  return byFrame === 1 && frames.length > 1
    ? `${frames[0]}-${frames[frames.length - 1]}`
    : frames.join(separator);
}

/** Parts of a file name that engines want on their own. */
const parts: Readonly<Record<string, (path: string, frame: number) => string>> = {
  folder: (path) => splitPath(path).folder.replace(/(?<=.)[\\/]$/, ''),
  name: (path) => splitPath(path).name,
  /** The file of the packet's only frame. */
  frame: (path, frame) => frameFile(path, frame),
  before: (path) => splitPattern(path).before,
  digits: (path) => String(splitPattern(path).digits),
  hashes: (path) => '#'.repeat(splitPattern(path).digits),
  after: (path) => splitPattern(path).after,
};

const partOf = (path: string, part: string, frame: number): string => parts[part]?.(path, frame) ?? path;

/** The words filled in; none of them when a field that they mention is absent. */
function fillIn(
  words: readonly string[],
  valueFor: (name: string, part: string | undefined) => string | undefined,
): readonly string[] {
  let isComplete = true;
  const filled = words.map((word) =>
    word.replace(placeholder, (_, name: string, part: string | undefined) => {
      const value = valueFor(name, part);
      if (value === undefined) isComplete = false;
      return value ?? '';
    }),
  );
  return isComplete ? filled : [];
}

/** What is wrong with a description that its schema cannot say: placeholders that nothing fills, fields named twice. */
export function engineProblems(engine: EngineDefinition): readonly FieldViolation[] {
  const names = engine.fields.map(({ name }) => name);
  const known = new Set([
    ...names,
    'start_frame',
    'end_frame',
    'by_frame',
    'frame_count',
    'frame_list',
    'job_id',
  ]);
  const problems: FieldViolation[] = names
    .filter((name, index) => names.indexOf(name) !== index)
    .map((name) => ({ field: 'fields', rule: `must not have ${name} twice` }));
  for (const text of engine.arguments.flat()) {
    for (const [whole, name = '', part] of text.matchAll(placeholder)) {
      if (!known.has(name))
        problems.push({ field: 'arguments', rule: `${whole} must be a field or a frame number` });
      if (part !== undefined && parts[part] === undefined) {
        problems.push({
          field: 'arguments',
          rule: `${whole} must end in one of ${Object.keys(parts).join(', ')}`,
        });
      }
    }
  }
  const { progressPattern, errorPatterns, licencePatterns = [], warningPatterns } = engine.checks;
  const patterns = {
    progressPattern: progressPattern === null ? [] : [progressPattern],
    errorPatterns,
    licencePatterns,
    warningPatterns,
  };
  for (const [field, texts] of Object.entries(patterns)) {
    for (const text of texts.filter((pattern) => !isRegularExpression(pattern))) {
      problems.push({ field: `checks.${field}`, rule: `${text} must be a regular expression` });
    }
  }
  if (engine.startingFolder !== null && !names.includes(engine.startingFolder)) {
    problems.push({ field: 'startingFolder', rule: `${engine.startingFolder} must be a field` });
  }
  if (
    engine.outputField !== undefined &&
    engine.fields.find(({ name }) => name === engine.outputField)?.numbered !== true
  ) {
    problems.push({ field: 'outputField', rule: `${engine.outputField} must be a field that is numbered` });
  }
  return problems;
}

function isRegularExpression(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
