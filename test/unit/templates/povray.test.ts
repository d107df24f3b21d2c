import assert from 'node:assert/strict';
import { test } from 'node:test';
import { templateViolations } from '../../../shared/domain/templateFields.ts';
import { povrayTemplate } from '../../../templates/povray.ts';
import { node, templateJob } from './templateJob.ts';

const attributes = { job_file: '/jobs/shot 10/scene.pov', output: '/out/frame.####.png' };
const aJob = (change: Parameters<typeof templateJob>[0] = {}) =>
  templateJob({
    templateId: 901,
    startFrame: 1,
    endFrame: 120,
    ...change,
    attributes: { ...attributes, ...change.attributes },
  });
const packet = { startFrame: 7, endFrame: 9, byFrame: 1, frameCount: 3, slice: 0 };

test('a packet is a subset of the frames of the job, which give clock and digits', () => {
  assert.deepEqual(povrayTemplate.buildCommand(aJob(), packet, node), {
    program: 'povray',
    arguments: [
      '+I"/jobs/shot 10/scene.pov"',
      '+L"/jobs/shot 10/"',
      '+O"/out/frame.0.png"',
      '+FN',
      '+W640',
      '+H480',
      '+Q9',
      '-A',
      '+KFI1',
      '+KFF120',
      '+KI0',
      '+KF1',
      '+SF7',
      '+EF9',
      '-D',
      '-P',
      '+V',
    ],
  });
});

test('fields of the job and additional flags become options', () => {
  const job = aJob({
    attributes: {
      width: 1920,
      height: '1080',
      quality: 11,
      antialias: 0.3,
      initial_clock: -1,
      final_clock: 2.5,
      ADD_FLAGS: '+AM2 Declare=sun=1',
    },
  });

  assert.deepEqual(povrayTemplate.buildCommand(job, packet, node).arguments.slice(4), [
    '+W1920',
    '+H1080',
    '+Q11',
    '+A0.3',
    '+KFI1',
    '+KFF120',
    '+KI-1',
    '+KF2.5',
    '+SF7',
    '+EF9',
    '-D',
    '-P',
    '+V',
    '+AM2',
    'Declare=sun=1',
  ]);
});

test('a step is passed on', () => {
  const stepped = { startFrame: 1, endFrame: 5, byFrame: 2, frameCount: 3, slice: 0 };

  assert.ok(
    povrayTemplate.buildCommand(aJob({ byFrame: 2 }), stepped, node).arguments.includes('Frame_Step=2'),
  );
});

test('a slice is a range of rows, counted from 1, and has a file name of its own', () => {
  const job = aJob({ packetType: 'image-slices', imageSlices: 4, attributes: { height: 90 } });
  const commandOf = (slice: number) =>
    povrayTemplate
      .buildCommand(job, { startFrame: 7, endFrame: 7, byFrame: 1, frameCount: 1, slice }, node)
      .arguments.filter((word) => /^\+([OSE]|KFF)/.test(word));

  assert.deepEqual(commandOf(0), [
    '+O"/out/frame.slice00.0.png"',
    '+KFF120',
    '+SF7',
    '+EF7',
    '+SR1',
    '+ER22',
  ]);
  assert.deepEqual(commandOf(3), [
    '+O"/out/frame.slice03.0.png"',
    '+KFF120',
    '+SF7',
    '+EF7',
    '+SR68',
    '+ER90',
  ]);
});

test('paths of Windows and macOS stay as they are', () => {
  const commandOf = (job_file: string, output: string) =>
    povrayTemplate
      .buildCommand(aJob({ attributes: { job_file, output } }), packet, node)
      .arguments.slice(0, 3);

  assert.deepEqual(commandOf('C:\\My jobs\\a.pov', 'D:\\out\\####.png'), [
    '+I"C:\\My jobs\\a.pov"',
    '+L"C:\\My jobs\\"',
    '+O"D:\\out\\0.png"',
  ]);
  assert.deepEqual(commandOf("/Volumes/Ada's/a.pov", '/Volumes/out/f###.png'), [
    '+I"/Volumes/Ada\'s/a.pov"',
    '+L"/Volumes/Ada\'s/"',
    '+O"/Volumes/out/f.png"',
  ]);
});

test('a scene without a folder adds none to look for included files', () => {
  const job = aJob({ attributes: { job_file: 'a.pov' } });

  assert.deepEqual(povrayTemplate.buildCommand(job, packet, node).arguments.slice(0, 2), [
    '+I"a.pov"',
    '+O"/out/frame.0.png"',
  ]);
});

test('a path that looks like options stays within its option', () => {
  const job = aJob({ attributes: { job_file: '-x" +Oevil.png', output: '+W1 ##"#.png' } });

  assert.equal(povrayTemplate.buildCommand(job, packet, node).arguments[0], "+I'-x\" +Oevil.png'");
  assert.deepEqual(templateViolations(povrayTemplate, job), [
    { field: 'output', rule: 'must have one run of # in the file name, which becomes the frame number' },
  ]);
});

test('every broken field is named once, with its rule', () => {
  const job = templateJob({
    startFrame: -1,
    endFrame: 20.5,
    byFrame: 0.5,
    packetType: 'image-slices',
    imageSlices: 30,
    attributes: {
      job_file: `/jobs/it's "new".pov`,
      width: 0,
      height: 59,
      quality: 12,
      antialias: 'much',
      ADD_FLAGS: "'",
    },
  });

  assert.deepEqual(templateViolations(povrayTemplate, job), [
    { field: 'output', rule: 'is required' },
    { field: 'antialias', rule: 'must be a number' },
    { field: 'startFrame', rule: 'must be a whole number from 0 on' },
    { field: 'endFrame', rule: 'must be a whole number' },
    { field: 'byFrame', rule: 'must be a whole number' },
    { field: 'job_file', rule: 'must not have both kinds of quotes' },
    { field: 'width', rule: 'must be from 1 to 65535' },
    { field: 'quality', rule: 'must be from 0 to 11' },
    { field: 'imageSlices', rule: 'must not be more than half the rows of the image' },
    { field: 'ADD_FLAGS', rule: "has a ' that is not closed" },
  ]);
});

test('an output that POV-Ray cannot write so is refused with the reason', () => {
  const ruleOf = (output: string) =>
    templateViolations(povrayTemplate, aJob({ attributes: { output } })).map(({ field, rule }) => {
      assert.equal(field, 'output');
      return rule;
    });

  assert.deepEqual(ruleOf('/out/frame.###.png'), []);
  assert.deepEqual(ruleOf('/out/frame.##.png'), [
    'must have at least 3 #, as many as the last frame has digits',
  ]);
  assert.deepEqual(ruleOf('/out/####.beauty.png'), ['must have its run of # right before .png']);
  assert.deepEqual(ruleOf('/out/####.tga'), ['must end in .png']);
  assert.deepEqual(ruleOf('/out/für.####.png'), [
    'must be plain ASCII: POV-Ray takes no other characters in an option',
  ]);
  assert.deepEqual(ruleOf(`/${'o'.repeat(4_100)}/####.png`), ['must have at most 4096 characters']);
});
