/**
 * FFmpeg: assembles the frames of a job into one movie. Template 48, the reference's number for it; of its attributes only
 * ADD_FLAGS is known, the other names are ours. (The reference's `movie_assembler_…` belong to the job that renders the frames.)
 */
import type { Template, TemplateField } from '../shared/contract/hooks.ts';
import { frameCount } from '../shared/domain/chunking.ts';
import { exitCodeChecks } from '../shared/domain/exitCodeChecks.ts';
import { frameRunProblem, splitPattern, wholeFrameViolations } from '../shared/domain/frames.ts';
import {
  flagsOf,
  flagsProblem,
  moreFlags,
  pathOf,
  pathViolations,
  rangeViolations,
} from '../shared/domain/rendererFields.ts';
import { type FieldViolation, findNumber, findText } from '../shared/domain/templateFields.ts';

const input: TemplateField = {
  name: 'input',
  label: 'Images, #### for the frame',
  kind: 'file',
  required: true,
};
const output: TemplateField = { name: 'output', label: 'Movie', kind: 'file', required: true };
const frameRate: TemplateField = {
  name: 'frame_rate',
  label: 'Frames a second',
  kind: 'number',
  required: false,
  default: 25,
};
const codec: TemplateField = {
  name: 'codec',
  label: 'Encoder',
  kind: 'string',
  required: false,
  default: 'libx264',
};
const preset: TemplateField = {
  name: 'preset',
  label: 'Preset of the encoder',
  kind: 'string',
  required: false,
};
const quality: TemplateField = {
  name: 'quality',
  label: 'Constant rate factor, smaller is better',
  kind: 'number',
  required: false,
};
const pixelFormat: TemplateField = {
  name: 'pixel_format',
  label: 'Pixel format',
  kind: 'string',
  required: false,
  default: 'yuv420p',
};

export const ffmpegTemplate: Template = {
  id: 48,
  name: 'ffmpeg',
  description: 'Assembles an image sequence into a movie.',
  fields: [input, output, frameRate, codec, preset, quality, pixelFormat, moreFlags],
  // It counts the frames that it has written, but never says of how many: there is no progress.
  checks: { ...exitCodeChecks, errorPatterns: ['\\[(?:error|fatal|panic)\\]'] },
  limits: [],

  validate(job) {
    const frames = frameCount(job);
    const flags = flagsProblem(job);
    const violations: FieldViolation[] = [
      ...wholeFrameViolations(job),
      ...pathViolations(input, job, frameRunProblem),
      ...pathViolations(output, job),
      ...rangeViolations(job, [
        [frameRate, 0.001, 1_000],
        [quality, 0, 63],
      ]),
    ];
    if (job.byFrame !== 1) {
      violations.push({ field: 'byFrame', rule: 'must be 1: FFmpeg reads images in sequence' });
    }
    if (job.packetType !== 'multiframe') {
      violations.push({ field: 'packetType', rule: 'must be multiframe: a movie cannot be cut into slices' });
    } else if (job.packetSize < frames) {
      violations.push({
        field: 'packetSize',
        rule: `must be at least ${frames}: one packet assembles the whole movie`,
      });
    }
    if (flags !== undefined) violations.push({ field: moreFlags.name, rule: flags });
    return violations;
  },

  outputPattern: (job) => pathOf(output, job),

  /**
   * FFmpeg takes a missing image for the end of the sequence and is content with a movie that is too short. Hence the
   * second output: the last frame alone, which goes nowhere. When it never comes, that output is empty, and an empty output
   * is an error here.
   */
  buildCommand(job, packet) {
    const named = (flag: string, field: TemplateField): readonly string[] => {
      const text = findText(field, job)?.trim();
      return text === undefined ? [] : [flag, text];
    };
    return {
      program: 'ffmpeg',
      arguments: [
        '-hide_banner',
        '-nostdin',
        // Each line says its level, which is what errors are known by.
        '-loglevel',
        'level+info',
        // What an attempt left behind that was broken off is replaced.
        '-y',
        '-abort_on',
        'empty_output_stream',
        '-f',
        'image2',
        '-pattern_type',
        'sequence',
        '-framerate',
        String(findNumber(frameRate, job)),
        '-start_number',
        String(packet.startFrame),
        '-i',
        localFile(sequencePattern(pathOf(input, job))),
        '-map',
        '0:v',
        ...named('-c:v', codec),
        ...named('-preset', preset),
        ...named('-crf', quality),
        ...named('-pix_fmt', pixelFormat),
        ...flagsOf(job),
        '-frames:v',
        String(packet.frameCount),
        localFile(pathOf(output, job)),
        '-map',
        '0:v',
        '-vf',
        `trim=start_frame=${packet.frameCount - 1}`,
        '-frames:v',
        '1',
        '-f',
        'null',
        '-',
      ],
    };
  },
};

/** Neither an option nor one of FFmpeg's protocols, whatever the path begins with. */
const localFile = (path: string): string => `file:${path}`;

/** `beauty.####.png` as `beauty.%04d.png`. */
function sequencePattern(pattern: string): string {
  const { before, digits, after } = splitPattern(pattern);
  const literal = (text: string): string => text.replaceAll('%', '%%');
  return `${literal(before)}%0${digits}d${literal(after)}`;
}
