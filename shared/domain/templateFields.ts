/** Reading a template's fields out of a job's attributes, and saying which of them cannot be read. */
import type { Template, TemplateField } from '../contract/hooks.ts';
import type { JobSpec, JobSubmission } from '../model/job.ts';

/** A breach of a template's rules: the attribute or job field, and what it must be. */
export interface FieldViolation {
  readonly field: string;
  readonly rule: string;
}

type Attributes = Pick<JobSpec, 'attributes'>;

/**
 * The field as text: the job's attribute, else the field's default, else undefined. An attribute that is inactive or
 * empty counts as absent, since clients of the reference send every attribute of their form whether it is used or not.
 */
export function findText(field: TemplateField, job: Attributes): string | undefined {
  const attribute = Object.hasOwn(job.attributes, field.name) ? job.attributes[field.name] : undefined;
  const given = attribute?.state ? String(attribute.value) : '';
  if (given.trim() !== '') return given;
  return field.default === undefined ? undefined : String(field.default);
}

/** The field as a number, also where the job holds it as text; undefined when it is absent or not a number. */
export function findNumber(field: TemplateField, job: Attributes): number | undefined {
  const text = findText(field, job);
  return text !== undefined && isDecimal(text.trim()) ? Number(text) : undefined;
}

/** Whether a text is a number in decimal notation: `Number` alone would take `0x10`, `Infinity` and blanks. */
export function isDecimal(text: string): boolean {
  return /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text);
}

/**
 * Everything that keeps the job from being rendered by the template, at most once a field. What a template says
 * itself is left out for fields whose kind is already wrong: one mistake, one message.
 */
export function templateViolations(
  template: Template,
  job: Omit<JobSubmission, 'paused'>,
): readonly FieldViolation[] {
  const violations = new Map<string, string>();
  for (const field of template.fields) {
    const rule = brokenRule(field, job);
    if (rule !== undefined) violations.set(field.name, rule);
  }
  for (const { field, rule } of template.validate?.(job) ?? []) {
    if (!violations.has(field)) violations.set(field, rule);
  }
  return [...violations].map(([field, rule]) => ({ field, rule }));
}

const booleans = /^(0|1|true|false)$/i;

function brokenRule(field: TemplateField, job: Attributes): string | undefined {
  const text = findText(field, job);
  if (text === undefined) return field.required ? 'is required' : undefined;
  switch (field.kind) {
    case 'integer':
      return Number.isSafeInteger(findNumber(field, job)) ? undefined : 'must be a whole number';
    case 'number':
      return Number.isFinite(findNumber(field, job)) ? undefined : 'must be a number';
    case 'boolean':
      return booleans.test(text.trim()) ? undefined : 'must be 1 or 0, true or false';
    default:
      // No operating system takes a null character in an argument or a path; the process would not start.
      return text.includes('\0') ? 'must not contain a null character' : undefined;
  }
}
