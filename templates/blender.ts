/**
 * Blender, without its window: a packet is one process that renders some frames of the scene's animation. Template 902: no
 * number of the reference's is known for it.
 */
import type { Template, TemplateField } from '../shared/contract/hooks.ts';
import { frameRunProblem, wholeFrameViolations } from '../shared/domain/frames.ts';
import {
  dashProblem,
  flagsOf,
  flagsProblem,
  moreFlags,
  outputFiles,
  pathOf,
  pathViolations,
  rangeViolations,
  sceneFile,
} from '../shared/domain/rendererFields.ts';
import { type FieldViolation, findNumber, findText } from '../shared/domain/templateFields.ts';

const scene: TemplateField = {
  name: 'scene',
  label: "Scene within the file, else the file's active one",
  kind: 'string',
  required: false,
};
const engine: TemplateField = {
  name: 'engine',
  label: "Render engine, else the file's",
  kind: 'string',
  required: false,
};
const format: TemplateField = {
  name: 'format',
  label: 'Format of the images',
  kind: 'string',
  required: false,
  default: 'PNG',
};
const threads: TemplateField = {
  name: 'threads',
  label: 'Threads, 0 for as many as there are processors',
  kind: 'integer',
  required: false,
  default: 0,
};

export const blenderTemplate: Template = {
  id: 902,
  name: 'blender',
  description: 'Renders frames of a Blender file.',
  fields: [sceneFile, outputFiles, scene, engine, format, threads, moreFlags],
  checks: {
    // Tiles or samples of the frame under way. A line with both has the tiles first, and those count.
    progressPattern: '\\b(?:Rendered|Rendering|Sample) (\\d+) ?/ ?(\\d+)\\b',
    // Blender renders an empty default scene when it cannot read the file, and ends with 0 even so.
    errorPatterns: [
      '^(?:[A-Za-z]+)?Error: ',
      '^Python: Traceback',
      '\\bcannot save: ',
      '\\b[Oo]ut of (?:GPU|memory)\\b',
    ],
    warningPatterns: [],
    validExitCodes: [0],
    warningExitCodes: [],
    errorExitCodes: [],
  },
  limits: [],

  validate(job) {
    const violations: FieldViolation[] = [
      ...wholeFrameViolations(job),
      ...pathViolations(sceneFile, job, dashProblem),
      ...pathViolations(outputFiles, job, dashProblem, frameRunProblem),
      ...rangeViolations(job, [[threads, 0, 1_024]]),
    ];
    for (const field of [scene, engine, format]) {
      const rule = dashProblem(findText(field, job)?.trim() ?? '');
      if (rule !== undefined) violations.push({ field: field.name, rule });
    }
    if (job.packetType !== 'multiframe') {
      violations.push({ field: 'packetType', rule: 'must be multiframe: Blender renders whole frames' });
    }
    const flags = flagsProblem(job);
    if (flags !== undefined) violations.push({ field: moreFlags.name, rule: flags });
    return violations;
  },

  outputPattern: (job) => pathOf(outputFiles, job),

  /** Blender obeys its arguments one after the other: the file first, then what changes it, `-a` at the very end. */
  buildCommand(job, packet) {
    const named = (flag: string, field: TemplateField): readonly string[] => {
      const text = findText(field, job)?.trim();
      return text === undefined ? [] : [flag, text];
    };
    return {
      program: 'blender',
      arguments: [
        '-b',
        pathOf(sceneFile, job),
        ...named('-S', scene),
        ...named('-E', engine),
        '-o',
        pathOf(outputFiles, job),
        ...named('-F', format),
        '-x',
        '1',
        '-t',
        String(findNumber(threads, job)),
        ...flagsOf(job),
        '-s',
        String(packet.startFrame),
        '-e',
        String(packet.endFrame),
        '-j',
        String(packet.byFrame),
        '-a',
      ],
    };
  },
};
