/** Runs the command line behind a job when that has ended; the dispatcher submits such jobs. */
import type { Template, TemplateField } from '../shared/contract/hooks.ts';
import { exitCodeChecks } from '../shared/domain/exitCodeChecks.ts';
import { AFTER_JOB_TEMPLATE } from '../shared/domain/followUps.ts';
import { hasExpressions, splitAction } from '../shared/domain/jobActions.ts';
import { findNumber, findText } from '../shared/domain/templateFields.ts';

const job: TemplateField = { name: 'job', label: 'Job that has ended', kind: 'integer', required: true };
const command: TemplateField = { name: 'command', label: 'Command line', kind: 'string', required: true };

export const afterJobTemplate: Template = {
  id: AFTER_JOB_TEMPLATE,
  name: 'after-job',
  description: 'Runs the command line behind a job that has ended; the dispatcher submits it.',
  fields: [job, command],
  checks: exitCodeChecks,
  limits: [],

  validate(given) {
    const split = splitAction(findText(command, given) ?? '');
    const rule =
      'rule' in split ? split.rule : split.words[0] === undefined ? 'must begin with a program' : undefined;
    return rule === undefined ? [] : [{ field: command.name, rule }];
  },

  buildCommand(given) {
    const text = findText(command, given) ?? '';
    const split = splitAction(text);
    const [program = '', ...words] = 'words' in split ? split.words : [];
    const about = findNumber(job, given);
    return {
      program,
      arguments: words,
      ...(about !== undefined && { startsLike: about }),
      ...(hasExpressions(text) && {
        inlinePython: { isOfChunk: false, ...(about !== undefined && { jobId: about }) },
      }),
    };
  },
};
