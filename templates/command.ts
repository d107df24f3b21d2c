/**
 * The generic command: any program, once a packet. Template 43, as in the reference, whose clients give the whole
 * command line as additional flags.
 */
import type { Template, TemplateField } from '../shared/contract/hooks.ts';
import { splitWords } from '../shared/domain/commandLine.ts';
import { exitCodeChecks } from '../shared/domain/exitCodeChecks.ts';
import { frameText } from '../shared/domain/frames.ts';
import { type FieldViolation, findText } from '../shared/domain/templateFields.ts';
import type { Packet } from '../shared/model/chunk.ts';
import type { JobSpec, JobSubmission } from '../shared/model/job.ts';

const program: TemplateField = { name: 'command', label: 'Program', kind: 'file', required: false };
export const programArguments: TemplateField = {
  name: 'arguments',
  label: 'Arguments',
  kind: 'string',
  required: false,
};
export const workingFolder: TemplateField = {
  name: 'working_folder',
  label: 'Working folder',
  kind: 'folder',
  required: false,
};
const wholeCommandLine: TemplateField = {
  name: 'ADD_FLAGS',
  label: 'Whole command line, instead of program and arguments',
  kind: 'string',
  required: false,
};

/** What a work order takes; a word may grow when its placeholders are filled in, hence half of its limit there. */
const maximumWords = 1_024;
const maximumWordLength = 16_384;
const maximumProgramLength = 4_096;

/** How any program may tell how far it is. */
export const progressPattern = '^Progress: (\\d+(?:\\.\\d+)?)%';

export const commandTemplate: Template = {
  id: 43,
  name: 'command',
  description: 'Runs any program once a packet, without a shell.',
  fields: [program, programArguments, workingFolder, wholeCommandLine],
  checks: { ...exitCodeChecks, progressPattern },
  limits: [],

  validate(job) {
    const command = findText(program, job);
    const flags = findText(wholeCommandLine, job);
    const violations: FieldViolation[] = [];
    const refuse = (field: TemplateField, rule: string | undefined): void => {
      if (rule !== undefined) violations.push({ field: field.name, rule });
    };
    if (command === undefined && flags === undefined) {
      refuse(program, 'is required, unless ADD_FLAGS has the whole command line');
    }
    if (command !== undefined && flags !== undefined) {
      refuse(wholeCommandLine, 'is the whole command line and must be absent when command is given');
    }
    if (command === undefined && flags !== undefined && findText(programArguments, job) !== undefined) {
      refuse(programArguments, 'must be absent when ADD_FLAGS has the whole command line');
    }
    if ((command?.trim().length ?? 0) > maximumProgramLength) {
      refuse(program, `must have at most ${maximumProgramLength} characters`);
    }
    refuse(programArguments, wordsProblem(findText(programArguments, job)));
    refuse(wholeCommandLine, wordsProblem(flags) ?? programProblem(flags));
    return violations;
  },

  buildCommand(job, packet) {
    const command = findText(program, job)?.trim();
    const words = wordsOf(findText(command === undefined ? wholeCommandLine : programArguments, job));
    const folder = findText(workingFolder, job)?.trim();
    const values = placeholders(job, packet);
    return {
      program: command ?? words[0] ?? '',
      arguments: words.slice(command === undefined ? 1 : 0).map((word) => fillIn(word, values)),
      ...(folder === undefined ? {} : { startingFolder: folder }),
    };
  },
};

function wordsOf(text: string | undefined): readonly string[] {
  const split = splitWords(text ?? '');
  return 'words' in split ? split.words : [];
}

function wordsProblem(text: string | undefined): string | undefined {
  const split = splitWords(text ?? '');
  return 'rule' in split ? split.rule : tooMuchIn(split.words, maximumWords);
}

/** The rule that words of a command line break by their number or what is in them; undefined if they break none. */
export function tooMuchIn(words: readonly string[], most: number): string | undefined {
  if (words.length > most) return `must have at most ${most} words`;
  // JSON can spell a character that no process takes, though the attribute itself does not hold it.
  if (words.some((word) => word.includes('\0'))) return 'must not contain a null character';
  return words.some((word) => word.length > maximumWordLength)
    ? `must have at most ${maximumWordLength} characters a word`
    : undefined;
}

function programProblem(flags: string | undefined): string | undefined {
  if (flags === undefined) return undefined;
  const first = wordsOf(flags)[0] ?? '';
  if (first === '') return 'must begin with a program';
  return first.length > maximumProgramLength
    ? `must begin with a program of at most ${maximumProgramLength} characters`
    : undefined;
}

export function placeholders(job: JobSpec, packet: Packet): ReadonlyMap<string, string> {
  return new Map([
    ['start_frame', frameText(packet.startFrame)],
    ['end_frame', frameText(packet.endFrame)],
    ['by_frame', String(packet.byFrame)],
    ['frame_count', String(packet.frameCount)],
    ['slice', String(packet.slice)],
    ['job_id', String(job.id)],
    ['chunk', String(packetNumber(job, packet))],
  ]);
}

/**
 * Number of the packet in the order of frames, from 1. It is the chunk's id while chunks go out forward; in any other
 * order it still numbers the packets from the first frame on, which is what file names want.
 */
function packetNumber(job: Omit<JobSubmission, 'paused'>, packet: Packet): number {
  const frameIndex = Math.round((packet.startFrame - job.startFrame) / job.byFrame);
  return job.packetType === 'image-slices'
    ? frameIndex * job.imageSlices + packet.slice + 1
    : Math.floor(frameIndex / job.packetSize) + 1;
}

/** Braces around anything else are left alone: `{}` and `{print}` mean something to the programs that get them. */
export function fillIn(word: string, values: ReadonlyMap<string, string>): string {
  return word.replace(/\{([a-z_]+)\}/g, (text, name: string) => values.get(name) ?? text);
}
