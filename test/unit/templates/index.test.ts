import assert from 'node:assert/strict';
import { test } from 'node:test';
import { templateIdSchema } from '../../../shared/model/ids.ts';
import { outputChecksSchema } from '../../../shared/model/outputChecks.ts';
import { findTemplate, templates } from '../../../templates/index.ts';

test('ids and names of templates are unique, and so are the fields of each', () => {
  const isUnique = (values: readonly unknown[]): boolean => new Set(values).size === values.length;

  assert.ok(isUnique(templates.map(({ id }) => id)));
  assert.ok(isUnique(templates.map(({ name }) => name)));
  for (const { fields } of templates) assert.ok(isUnique(fields.map(({ name }) => name)));
});

test('every template has an id and checks that the contract takes, with patterns that are regular expressions', () => {
  for (const { id, checks } of templates) {
    templateIdSchema().parse(id);
    const { progressPattern, errorPatterns, warningPatterns } = outputChecksSchema().parse({
      ...checks,
      checksExitCode: true,
    });
    for (const pattern of [progressPattern ?? '', ...errorPatterns, ...warningPatterns]) new RegExp(pattern);
  }
});

test('a template is found by its id', () => {
  assert.equal(findTemplate(43)?.name, 'command');
  assert.equal(findTemplate(48)?.name, 'ffmpeg');
  assert.equal(findTemplate(900)?.name, 'tracer');
  assert.equal(findTemplate(901)?.name, 'povray');
  assert.equal(findTemplate(902)?.name, 'blender');
  assert.equal(findTemplate(44), undefined);
});
