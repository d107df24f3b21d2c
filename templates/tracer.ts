/** The ray tracer that comes with the node agent: renders an animated scene to PNG files. Template 900. */
import type { Template, TemplateField } from '../shared/contract/hooks.ts';
import { frameText, patternProblem, slicePattern } from '../shared/domain/frames.ts';
import { type FieldViolation, findNumber, findText } from '../shared/domain/templateFields.ts';
import { limits } from './tracer/limits.ts';

const scene: TemplateField = { name: 'scene', label: 'Scene file', kind: 'file', required: true };
const output: TemplateField = {
  name: 'output',
  label: 'Output files, #### for the frame',
  kind: 'file',
  required: true,
};
const width: TemplateField = {
  name: 'width',
  label: 'Width in pixels',
  kind: 'integer',
  required: false,
  default: 640,
};
const height: TemplateField = {
  name: 'height',
  label: 'Height in pixels',
  kind: 'integer',
  required: false,
  default: 360,
};
const samples: TemplateField = {
  name: 'samples',
  label: 'Samples a pixel',
  kind: 'integer',
  required: false,
  default: 4,
};

export const tracerTemplate: Template = {
  id: 900,
  name: 'tracer',
  description: 'Renders an animated scene of spheres, boxes and a floor to PNG files.',
  fields: [scene, output, width, height, samples],
  checks: {
    progressPattern: '^Progress: (\\d+)%',
    errorPatterns: ['^Error: '],
    warningPatterns: [],
    validExitCodes: [0],
    warningExitCodes: [],
    errorExitCodes: [],
  },
  limits: [],

  validate(job) {
    const violations: FieldViolation[] = [];
    const pattern = findText(output, job);
    const problem = pattern === undefined ? undefined : patternProblem(pattern.trim());
    if (problem !== undefined) violations.push({ field: output.name, rule: problem });
    for (const [field, maximum] of [
      [width, limits.pixels],
      [height, limits.pixels],
      [samples, limits.samples],
    ] as const) {
      const value = findNumber(field, job);
      if (value !== undefined && (value < 1 || value > maximum)) {
        violations.push({ field: field.name, rule: `must be from 1 to ${maximum}` });
      }
    }
    const rows = findNumber(height, job) ?? 0;
    if (job.packetType === 'image-slices' && job.imageSlices > rows) {
      violations.push({ field: 'imageSlices', rule: 'must not be more than the rows of the image' });
    }
    return violations;
  },

  outputPattern(job, slice) {
    const pattern = findText(output, job)?.trim() ?? '';
    return slice === undefined ? pattern : slicePattern(pattern, slice);
  },

  /** Each option is one word, `--name=value`: as two, a negative frame would be taken for an option. */
  buildCommand(job, packet) {
    const option = (name: string, value: string | number): string => `--${name}=${value}`;
    const path = (field: TemplateField): string => option(field.name, findText(field, job)?.trim() ?? '');
    const count = (field: TemplateField): string => option(field.name, findNumber(field, job) ?? '');
    return {
      program: 'rollcall:tracer',
      arguments: [
        path(scene),
        path(output),
        option('start', frameText(packet.startFrame)),
        option('end', frameText(packet.endFrame)),
        option('by', packet.byFrame),
        ...(job.packetType === 'image-slices'
          ? [option('slice', packet.slice), option('slices', job.imageSlices)]
          : []),
        count(width),
        count(height),
        count(samples),
      ],
    };
  },
};
