import assert from 'node:assert/strict';
import { test } from 'node:test';
import { templateViolations } from '../../../shared/domain/templateFields.ts';
import { commandTemplate } from '../../../templates/command.ts';
import { node, templateJob } from './templateJob.ts';

const packet = { startFrame: 11, endFrame: 15, byFrame: 2, frameCount: 3, slice: 0 };

test('placeholders are filled in after the split, each from the packet', () => {
  const job = templateJob({
    startFrame: 1,
    endFrame: 30,
    byFrame: 2,
    packetSize: 5,
    attributes: {
      command: '/opt/render bin/render',
      arguments: '-s {start_frame} -e {end_frame} "-b {by_frame}" {frame_count}x{slice} {job_id}.{chunk}',
      working_folder: '/jobs/shot 10',
    },
  });

  assert.deepEqual(commandTemplate.buildCommand(job, packet, node), {
    program: '/opt/render bin/render',
    arguments: ['-s', '11', '-e', '15', '-b 2', '3x0', '17.2'],
    startingFolder: '/jobs/shot 10',
  });
});

test('braces around anything else are left alone', () => {
  const job = templateJob({
    attributes: { command: 'awk', arguments: `'{print}' {} {START_FRAME} {frame}` },
  });

  assert.deepEqual(commandTemplate.buildCommand(job, packet, node).arguments, [
    '{print}',
    '{}',
    '{START_FRAME}',
    '{frame}',
  ]);
});

test('frames keep their fractions and lose the noise of adding them up', () => {
  const job = templateJob({
    startFrame: 0,
    endFrame: 1,
    byFrame: 0.1,
    attributes: { command: 'x', arguments: '{start_frame} {end_frame} {by_frame}' },
  });
  const third = { startFrame: 0.1 + 0.2, endFrame: 0.1 + 0.2, byFrame: 0.1, frameCount: 1, slice: 0 };

  assert.deepEqual(commandTemplate.buildCommand(job, third, node).arguments, ['0.3', '0.3', '0.1']);
});

test('{chunk} numbers packets in the order of frames, slice by slice with image slices', () => {
  const job = templateJob({
    startFrame: 1,
    endFrame: 10,
    packetType: 'image-slices',
    imageSlices: 4,
    attributes: { command: 'x', arguments: '{start_frame} {slice} {chunk}' },
  });
  const slice = { startFrame: 3, endFrame: 3, byFrame: 1, frameCount: 1, slice: 2 };

  assert.deepEqual(commandTemplate.buildCommand(job, slice, node).arguments, ['3', '2', '11']);
});

test('ADD_FLAGS is the whole command line when there is no command', () => {
  const job = templateJob({ attributes: { ADD_FLAGS: `"C:\\Program Files\\r.exe" -f {start_frame}` } });

  assert.deepEqual(commandTemplate.buildCommand(job, packet, node), {
    program: 'C:\\Program Files\\r.exe',
    arguments: ['-f', '11'],
  });
});

test('an inactive command counts as absent', () => {
  const job = templateJob({ attributes: { command: { value: 'old', state: false }, ADD_FLAGS: 'new -x' } });

  assert.deepEqual(templateViolations(commandTemplate, job), []);
  assert.equal(commandTemplate.buildCommand(job, packet, node).program, 'new');
});

test('a command without arguments is a command', () => {
  const job = templateJob({ attributes: { command: 'true' } });

  assert.deepEqual(templateViolations(commandTemplate, job), []);
  assert.deepEqual(commandTemplate.buildCommand(job, packet, node), { program: 'true', arguments: [] });
});

const refusals: [name: string, attributes: Record<string, unknown>, field: string, rule: string][] = [
  ['nothing to run', {}, 'command', 'is required, unless ADD_FLAGS has the whole command line'],
  [
    'both command and ADD_FLAGS',
    { command: 'x', ADD_FLAGS: 'y' },
    'ADD_FLAGS',
    'is the whole command line and must be absent when command is given',
  ],
  [
    'arguments beside ADD_FLAGS',
    { arguments: '-v', ADD_FLAGS: 'y' },
    'arguments',
    'must be absent when ADD_FLAGS has the whole command line',
  ],
  [
    'an open quote in arguments',
    { command: 'x', arguments: `-m "a` },
    'arguments',
    'has a " that is not closed',
  ],
  ['an open quote in ADD_FLAGS', { ADD_FLAGS: `x 'a` }, 'ADD_FLAGS', "has a ' that is not closed"],
  ['ADD_FLAGS without a program', { ADD_FLAGS: `'' -x` }, 'ADD_FLAGS', 'must begin with a program'],
  [
    'more words than a work order takes',
    { command: 'x', arguments: 'a '.repeat(1_025) },
    'arguments',
    'must have at most 1024 words',
  ],
  [
    'a null character spelled in JSON',
    { command: 'x', arguments: '["a\\u0000"]' },
    'arguments',
    'must not contain a null character',
  ],
];

for (const [name, attributes, field, rule] of refusals) {
  test(`a job with ${name} is refused, and its command is still built without throwing`, () => {
    const job = templateJob({ attributes });

    assert.deepEqual(templateViolations(commandTemplate, job), [{ field, rule }]);
    assert.doesNotThrow(() => commandTemplate.buildCommand(job, packet, node));
  });
}
