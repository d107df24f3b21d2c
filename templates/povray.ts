/**
 * POV-Ray 3.7: a packet is one process that renders some frames of an animation, or one slice of one frame. Template 901:
 * no number of the reference's is known for it.
 */
import type { Template, TemplateField } from '../shared/contract/hooks.ts';
import { patternProblem, splitPath, splitPattern, wholeFrameViolations } from '../shared/domain/frames.ts';
import { sliceName, sliceRows } from '../shared/domain/imageSlices.ts';
import {
  flagsOf,
  flagsProblem,
  moreFlags,
  outputFiles,
  pathOf,
  pathViolations,
  rangeViolations,
  sceneFile,
} from '../shared/domain/rendererFields.ts';
import { findNumber, findText } from '../shared/domain/templateFields.ts';
import type { Packet } from '../shared/model/chunk.ts';
import type { JobSpec } from '../shared/model/job.ts';

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
  default: 480,
};
const quality: TemplateField = {
  name: 'quality',
  label: 'Quality, 0 to 11',
  kind: 'integer',
  required: false,
  default: 9,
};
const antialias: TemplateField = {
  name: 'antialias',
  label: 'Antialiasing threshold, none without',
  kind: 'number',
  required: false,
};
const initialClock: TemplateField = {
  name: 'initial_clock',
  label: "Clock of the job's first frame",
  kind: 'number',
  required: false,
  default: 0,
};
const finalClock: TemplateField = {
  name: 'final_clock',
  label: "Clock of the job's last frame",
  kind: 'number',
  required: false,
  default: 1,
};

export const povrayTemplate: Template = {
  id: 901,
  name: 'povray',
  description: 'Renders frames or slices of a POV-Ray scene to PNG files.',
  fields: [sceneFile, outputFiles, width, height, quality, antialias, initialClock, finalClock, moreFlags],
  checks: {
    // Of the frame under way: POV-Ray counts pixels anew for each.
    progressPattern: '^Rendered \\d+ of \\d+ pixels \\((\\d+)%\\)',
    // Not `cannot open` in any case: POV-Ray says so about a missing configuration file, and renders.
    errorPatterns: [
      '(?<!Possible )Parse Error:',
      '^Fatal error',
      '^Cannot ',
      '^Problem with option setting',
      '^Render failed',
    ],
    warningPatterns: ['^Parse Warning:', '^Render Warning:'],
    validExitCodes: [0],
    warningExitCodes: [],
    errorExitCodes: [],
  },
  limits: [],

  validate(job) {
    const rows = findNumber(height, job) ?? 0;
    const flags = flagsProblem(job);
    return [
      ...wholeFrameViolations(job),
      ...pathViolations(sceneFile, job, optionProblem),
      ...pathViolations(outputFiles, job, optionProblem, patternProblem, (pattern) =>
        numberProblem(pattern, job),
      ),
      ...rangeViolations(job, [
        [width, 1, 65_535],
        [height, 1, 65_535],
        [quality, 0, 11],
        [antialias, 0, 3],
      ]),
      ...(job.packetType === 'image-slices' && job.imageSlices * 2 > rows
        ? [{ field: 'imageSlices', rule: 'must not be more than half the rows of the image' }]
        : []),
      ...(flags === undefined ? [] : [{ field: moreFlags.name, rule: flags }]),
    ];
  },

  outputPattern(job, slice) {
    const { before, digits, after } = splitPattern(pathOf(outputFiles, job));
    return `${before}${slicePart(slice)}${'#'.repeat(digits)}${after}`;
  },

  /**
   * Initial and final frame are the whole job's, since POV-Ray computes the clock and the digits of file names from
   * them; the packet is a subset of them.
   */
  buildCommand(job, packet) {
    const { folder } = splitPath(pathOf(sceneFile, job));
    const threshold = findText(antialias, job);
    return {
      program: 'povray',
      arguments: [
        option('I', pathOf(sceneFile, job)),
        // POV-Ray looks for included files in its working folder, which is not the scene's.
        ...(folder === '' ? [] : [option('L', folder)]),
        option('O', outputName(job, packet)),
        '+FN',
        `+W${findNumber(width, job)}`,
        `+H${findNumber(height, job)}`,
        `+Q${findNumber(quality, job)}`,
        threshold === undefined ? '-A' : `+A${findNumber(antialias, job)}`,
        `+KFI${job.startFrame}`,
        `+KFF${job.endFrame}`,
        `+KI${findNumber(initialClock, job)}`,
        `+KF${findNumber(finalClock, job)}`,
        `+SF${packet.startFrame}`,
        `+EF${packet.endFrame}`,
        ...(packet.byFrame === 1 ? [] : [`Frame_Step=${packet.byFrame}`]),
        ...rowOptions(job, packet),
        // No window, no pause at the end, but progress.
        '-D',
        '-P',
        '+V',
        ...flagsOf(job),
      ],
    };
  },
};

/**
 * An option with a path. POV-Ray cuts arguments at blanks and other characters itself, unless they are in quotes of either
 * kind; inside them nothing is special, not even a backslash.
 */
const option = (letter: string, path: string): string =>
  path.includes('"') ? `+${letter}'${path}'` : `+${letter}"${path}"`;

function optionProblem(path: string): string | undefined {
  if (!/^[\x20-\x7e]*$/.test(path))
    return 'must be plain ASCII: POV-Ray takes no other characters in an option';
  return path.includes('"') && path.includes("'") ? 'must not have both kinds of quotes' : undefined;
}

/** POV-Ray puts the number right before the extension, with as many digits as the final frame has. */
function numberProblem(pattern: string, job: Pick<JobSpec, 'endFrame'>): string | undefined {
  const { digits, after } = splitPattern(pattern);
  if (after.toLowerCase() !== '.png') return 'must have its run of # right before .png';
  const needed = String(job.endFrame).length;
  return digits < needed ? `must have at least ${needed} #, as many as the last frame has digits` : undefined;
}

/** The name that POV-Ray completes with the digits of the frame; those that are missing to the run of `#` are zeros. */
function outputName(job: JobSpec, packet: Packet): string {
  const { before, digits, after } = splitPattern(pathOf(outputFiles, job));
  const slice =
    job.packetType === 'image-slices' ? { index: packet.slice, count: job.imageSlices } : undefined;
  return `${before}${slicePart(slice)}${'0'.repeat(Math.max(0, digits - String(job.endFrame).length))}${after}`;
}

const slicePart = (slice: { index: number; count: number } | undefined): string =>
  slice === undefined ? '' : `${sliceName(slice)}.`;

/** First and last row of the slice, counted from 1. The last must be 2 at least: POV-Ray takes 1 for all of the rows. */
function rowOptions(job: JobSpec, packet: Packet): readonly string[] {
  if (job.packetType !== 'image-slices') return [];
  const rows = sliceRows(findNumber(height, job) ?? 0, { index: packet.slice, count: job.imageSlices });
  return [`+SR${rows.first + 1}`, `+ER${rows.end}`];
}
