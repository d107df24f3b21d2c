import assert from 'node:assert/strict';
import { test } from 'node:test';
import { templateViolations } from '../../../shared/domain/templateFields.ts';
import { blenderTemplate } from '../../../templates/blender.ts';
import { templateJob } from './templateJob.ts';

const packet = { startFrame: 10, endFrame: 18, byFrame: 2, frameCount: 5, slice: 0 };
const commandOn = (platform: 'linux' | 'win32' | 'darwin', attributes: Record<string, unknown>) =>
  blenderTemplate.buildCommand(
    templateJob({ templateId: 902, startFrame: 10, endFrame: 120, byFrame: 2, attributes }),
    packet,
    { platform, name: 'node1', host: 'host1' },
  );

test('a packet on Linux is the file, what changes it, its frames and -a', () => {
  assert.deepEqual(commandOn('linux', { job_file: '/jobs/shot 10.blend', output: '/out/frame.####.png' }), {
    program: 'blender',
    arguments: [
      '-b',
      '/jobs/shot 10.blend',
      '-o',
      '/out/frame.####.png',
      '-F',
      'PNG',
      '-x',
      '1',
      '-t',
      '0',
      '-s',
      '10',
      '-e',
      '18',
      '-j',
      '2',
      '-a',
    ],
  });
});

test('scene, engine, format, threads and additional flags come in the order that Blender obeys, here on Windows', () => {
  const attributes = {
    job_file: 'C:\\My jobs\\shot 10.blend',
    output: '//renders\\####',
    scene: 'Scene 2',
    engine: 'CYCLES',
    format: 'OPEN_EXR',
    threads: 8,
    ADD_FLAGS: '-noaudio --python-exit-code 3',
  };

  assert.deepEqual(commandOn('win32', attributes), {
    program: 'blender',
    arguments: [
      '-b',
      'C:\\My jobs\\shot 10.blend',
      '-S',
      'Scene 2',
      '-E',
      'CYCLES',
      '-o',
      '//renders\\####',
      '-F',
      'OPEN_EXR',
      '-x',
      '1',
      '-t',
      '8',
      '-noaudio',
      '--python-exit-code',
      '3',
      '-s',
      '10',
      '-e',
      '18',
      '-j',
      '2',
      '-a',
    ],
  });
});

test('paths of macOS stay as they are', () => {
  const { program, arguments: words } = commandOn('darwin', {
    job_file: '/Volumes/Jobs/a.blend',
    output: '/Volumes/Out/a_#####.png',
  });

  assert.deepEqual(
    [program, ...words.slice(0, 4)],
    ['blender', '-b', '/Volumes/Jobs/a.blend', '-o', '/Volumes/Out/a_#####.png'],
  );
});

test('every broken field is named once, with its rule; nothing can be taken for an option', () => {
  const job = templateJob({
    startFrame: -5,
    byFrame: 1.5,
    packetType: 'image-slices',
    imageSlices: 4,
    attributes: {
      job_file: '--python-expr',
      output: '/out/frame.png',
      scene: '-a',
      engine: ' -P',
      format: '-x',
      threads: -1,
      ADD_FLAGS: '"',
    },
  });

  assert.deepEqual(templateViolations(blenderTemplate, job), [
    { field: 'startFrame', rule: 'must be a whole number from 0 on' },
    { field: 'byFrame', rule: 'must be a whole number' },
    { field: 'job_file', rule: 'must not begin with -' },
    { field: 'output', rule: 'must have one run of # in the file name, which becomes the frame number' },
    { field: 'threads', rule: 'must be from 0 to 1024' },
    { field: 'scene', rule: 'must not begin with -' },
    { field: 'engine', rule: 'must not begin with -' },
    { field: 'format', rule: 'must not begin with -' },
    { field: 'packetType', rule: 'must be multiframe: Blender renders whole frames' },
    { field: 'ADD_FLAGS', rule: 'has a " that is not closed' },
  ]);
});
