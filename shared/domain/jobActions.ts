/** Actions of a job: how their command lines are read. */
import type { JobSubmission } from '../model/job.ts';
import { splitWords, type Words } from './commandLine.ts';
import type { FieldViolation } from './templateFields.ts';

/** `<%= expression %>` or `<% statements %>`; a backslash takes the meaning of the character behind it. */
const expression = /<%(?:\\[\s\S]|(?!%>)[\s\S])*%>/g;
/** Stands for an expression while its command line is split; a character for private use. */
const standIn = '\uE000';

/** As many as a work order takes, and its program besides. */
const maximumWords = 1_024;
const maximumProgramLength = 4_096;

/** Whether a text has inline Python. */
export const hasExpressions = (text: string): boolean => text.includes('<%');

/**
 * Splits the command line of an action. The rule is that of `splitWords`; an inline expression is one piece, whatever is in
 * it, and so is its value.
 */
export function splitAction(text: string): Words {
  if (text.includes(standIn)) return { rule: 'must not contain the character U+E000' };
  const expressions = text.match(expression) ?? [];
  if (text.trimStart().startsWith('[')) return splitWords(text);
  const split = splitWords(text.replace(expression, standIn));
  if ('rule' in split) return split;
  let position = 0;
  return {
    words: split.words.map((word) => word.replaceAll(standIn, () => expressions[position++] ?? '')),
  };
}

/** The first rule that the text of an action breaks; undefined if it breaks none. */
function problemOf(text: string): string | undefined {
  const split = splitAction(text);
  if ('rule' in split) return split.rule;
  const [program = '', ...rest] = split.words;
  if (program === '') return 'must begin with a program';
  if (program.length > maximumProgramLength) {
    return `must begin with a program of at most ${maximumProgramLength} characters`;
  }
  if (rest.length > maximumWords) return `must have at most ${maximumWords} words behind its program`;
  return split.words.some((word) => word.includes('\0')) ? 'must not contain a null character' : undefined;
}

/** What is wrong with the actions of a job; undefined if nothing is. */
export function actionViolation({ actions }: Pick<JobSubmission, 'actions'>): FieldViolation | undefined {
  for (const [name, action] of Object.entries(actions ?? {})) {
    const rule = action === null ? undefined : problemOf(action.command);
    if (rule !== undefined) return { field: `actions.${name}.command`, rule };
  }
  return undefined;
}
