import assert from 'node:assert/strict';
import { test } from 'node:test';
import { templateViolations } from '../../../shared/domain/templateFields.ts';
import { pythonScriptTemplate } from '../../../templates/pythonScript.ts';
import { node, templateJob } from './templateJob.ts';

const packet = { startFrame: 5, endFrame: 8, byFrame: 1, frameCount: 4, slice: 0 };
const command = (values: Record<string, string | number>) =>
  pythonScriptTemplate.buildCommand(templateJob({ templateId: 910, attributes: values }), packet, node);

test('a file is run with its arguments, whose placeholders are filled in', () => {
  assert.deepEqual(
    command({ script: '/jobs/make it.py', arguments: '--from {start_frame} "--to={end_frame}"' }),
    {
      program: 'rollcall:python',
      arguments: ['/jobs/make it.py', '--from', '5', '--to=8'],
      environment: { PYTHONUNBUFFERED: '1', PYTHONIOENCODING: 'utf-8' },
    },
  );
});

test('a text is run in place of a file, in the folder that is named, with inline Python where that is wanted', () => {
  assert.deepEqual(
    command({
      code: 'print(1)\n',
      arguments: 'a <%= job.getName() + " b" %>',
      expressions: 1,
      working_folder: '/jobs',
    }),
    {
      program: 'rollcall:python',
      arguments: ['-c', 'print(1)\n', 'a', '<%= job.getName() + " b" %>'],
      environment: { PYTHONUNBUFFERED: '1', PYTHONIOENCODING: 'utf-8' },
      startingFolder: '/jobs',
      inlinePython: { isOfChunk: true },
    },
  );
});

test('every broken field is named once, with its rule', () => {
  const violations = (values: Record<string, string | number>) =>
    templateViolations(pythonScriptTemplate, templateJob({ templateId: 910, attributes: values }));

  assert.deepEqual(violations({ arguments: "'" }), [
    { field: 'script', rule: 'is required, unless code has the text of the script' },
    { field: 'arguments', rule: "has a ' that is not closed" },
  ]);
  assert.deepEqual(violations({ script: '/a.py', code: 'pass' }), [
    { field: 'code', rule: 'must be absent when script names a file' },
  ]);
  assert.deepEqual(violations({ script: '/a.py' }), []);
});
