/** A script in Python, a file or a text, run once a packet by the Python of the node. The reference's number of it is not known. */
import type { Template, TemplateField } from '../shared/contract/hooks.ts';
import { exitCodeChecks } from '../shared/domain/exitCodeChecks.ts';
import { splitAction } from '../shared/domain/jobActions.ts';
import { type FieldViolation, findText } from '../shared/domain/templateFields.ts';
import {
  fillIn,
  placeholders,
  programArguments,
  progressPattern,
  tooMuchIn,
  workingFolder,
} from './command.ts';

const file: TemplateField = { name: 'script', label: 'File of the script', kind: 'file', required: false };
const source: TemplateField = {
  name: 'code',
  label: 'Its text, instead of a file',
  kind: 'string',
  required: false,
};
const expressions: TemplateField = {
  name: 'expressions',
  label: 'Arguments have inline Python',
  kind: 'boolean',
  required: false,
  default: 0,
};
/** Leaves room for the text itself among the words of a work order. */
const maximumWords = 1_000;

export const pythonScriptTemplate: Template = {
  id: 910,
  name: 'python-script',
  description: 'Runs a script in Python once a packet.',
  fields: [file, source, programArguments, expressions, workingFolder],
  checks: { ...exitCodeChecks, progressPattern },
  limits: [],
  needs: { platforms: null, software: ['python3'] },

  validate(job) {
    const violations: FieldViolation[] = [];
    const [path, text] = [findText(file, job), findText(source, job)];
    if (path === undefined && text === undefined) {
      violations.push({ field: file.name, rule: 'is required, unless code has the text of the script' });
    }
    if (path !== undefined && text !== undefined) {
      violations.push({ field: source.name, rule: 'must be absent when script names a file' });
    }
    const split = splitAction(findText(programArguments, job) ?? '');
    const rule = 'rule' in split ? split.rule : tooMuchIn(split.words, maximumWords);
    if (rule !== undefined) violations.push({ field: programArguments.name, rule });
    return violations;
  },

  buildCommand(job, packet) {
    const split = splitAction(findText(programArguments, job) ?? '');
    const words = 'words' in split ? split.words : [];
    const values = placeholders(job, packet);
    const path = findText(file, job)?.trim();
    const folder = findText(workingFolder, job)?.trim();
    return {
      program: 'rollcall:python',
      arguments: [
        ...(path === undefined ? ['-c', findText(source, job) ?? ''] : [path]),
        ...words.map((word) => fillIn(word, values)),
      ],
      // What it prints is seen as it is printed.
      environment: { PYTHONUNBUFFERED: '1', PYTHONIOENCODING: 'utf-8' },
      ...(folder === undefined ? {} : { startingFolder: folder }),
      ...(isTrue(findText(expressions, job)) ? { inlinePython: { isOfChunk: true } } : {}),
    };
  },
};

const isTrue = (text: string | undefined): boolean => /^(1|true)$/i.test(text?.trim() ?? '');
