import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TemplateField } from '../../../shared/contract/hooks.ts';
import { findNumber, findText, templateViolations } from '../../../shared/domain/templateFields.ts';
import { commandTemplate } from '../../../templates/command.ts';
import { templateJob } from './templateJob.ts';

const field = (kind: TemplateField['kind'], more: Partial<TemplateField> = {}): TemplateField => ({
  name: 'it',
  label: 'It',
  kind,
  required: false,
  ...more,
});
const violations = (one: TemplateField, value?: unknown) => {
  const { validate: _validate, ...template } = { ...commandTemplate, fields: [one] };
  return templateViolations(template, templateJob({ attributes: value === undefined ? {} : { it: value } }));
};

test('a required field that is absent, empty or inactive is required', () => {
  const expected = [{ field: 'it', rule: 'is required' }];

  assert.deepEqual(violations(field('file', { required: true })), expected);
  assert.deepEqual(violations(field('file', { required: true }), ' '), expected);
  assert.deepEqual(violations(field('file', { required: true }), { value: '/x', state: false }), expected);
  assert.deepEqual(violations(field('file', { required: true }), '/x'), []);
});

test('a required field with a default may be absent', () => {
  assert.deepEqual(violations(field('integer', { required: true, default: 3 })), []);
});

test('numbers are taken as numbers and as text', () => {
  assert.deepEqual(violations(field('integer'), 12), []);
  assert.deepEqual(violations(field('integer'), ' 12 '), []);
  assert.deepEqual(violations(field('number'), '-1.5e3'), []);
});

test('what is not of the kind is refused with the rule of the kind', () => {
  assert.deepEqual(violations(field('integer'), 1.5), [{ field: 'it', rule: 'must be a whole number' }]);
  assert.deepEqual(violations(field('integer'), '0x10'), [{ field: 'it', rule: 'must be a whole number' }]);
  assert.deepEqual(violations(field('number'), 'Infinity'), [{ field: 'it', rule: 'must be a number' }]);
  assert.deepEqual(violations(field('boolean'), 'yes'), [
    { field: 'it', rule: 'must be 1 or 0, true or false' },
  ]);
  assert.deepEqual(violations(field('file'), 'a\0b'), [
    { field: 'it', rule: 'must not contain a null character' },
  ]);
});

test('a job that has its own attribute is read before the default', () => {
  const width = field('integer', { default: 640 });

  assert.equal(findNumber(width, templateJob({ attributes: { it: '320' } })), 320);
  assert.equal(findNumber(width, templateJob({ attributes: { it: { value: 320, state: false } } })), 640);
  assert.equal(findNumber(width, templateJob()), 640);
});

test('a field named like a member of every object is absent unless the job has it', () => {
  assert.equal(findText(field('string', { name: 'constructor' }), templateJob()), undefined);
});
