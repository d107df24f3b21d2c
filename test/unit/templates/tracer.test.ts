import assert from 'node:assert/strict';
import { test } from 'node:test';
import { templateViolations } from '../../../shared/domain/templateFields.ts';
import { tracerTemplate } from '../../../templates/tracer.ts';
import { node, templateJob } from './templateJob.ts';

const attributes = { scene: '/jobs/demo scene.json', output: '/out/frame.####.png' };

test('a packet of frames becomes start, end and step, and absent fields take their defaults', () => {
  const job = templateJob({ templateId: 900, attributes });
  const packet = { startFrame: -4, endFrame: 2, byFrame: 2, frameCount: 4, slice: 0 };

  assert.deepEqual(tracerTemplate.buildCommand(job, packet, node), {
    program: 'rollcall:tracer',
    arguments: [
      '--scene=/jobs/demo scene.json',
      '--output=/out/frame.####.png',
      '--start=-4',
      '--end=2',
      '--by=2',
      '--width=640',
      '--height=360',
      '--samples=4',
    ],
  });
});

test('a packet of image slices names its slice and how many there are', () => {
  const job = templateJob({
    templateId: 900,
    packetType: 'image-slices',
    imageSlices: 8,
    attributes: { ...attributes, width: 1920, height: '1080', samples: '16' },
  });
  const packet = { startFrame: 5, endFrame: 5, byFrame: 1, frameCount: 1, slice: 3 };

  assert.deepEqual(tracerTemplate.buildCommand(job, packet, node).arguments, [
    '--scene=/jobs/demo scene.json',
    '--output=/out/frame.####.png',
    '--start=5',
    '--end=5',
    '--by=1',
    '--slice=3',
    '--slices=8',
    '--width=1920',
    '--height=1080',
    '--samples=16',
  ]);
});

test('every broken field is named once, with its rule', () => {
  const job = templateJob({
    packetType: 'image-slices',
    imageSlices: 20,
    attributes: { output: '/out/frame.png', width: 'wide', height: 10, samples: 0 },
  });

  assert.deepEqual(templateViolations(tracerTemplate, job), [
    { field: 'scene', rule: 'is required' },
    { field: 'width', rule: 'must be a whole number' },
    { field: 'output', rule: 'must have one run of # in the file name, which becomes the frame number' },
    { field: 'samples', rule: 'must be from 1 to 1024' },
    { field: 'imageSlices', rule: 'must not be more than the rows of the image' },
  ]);
});

test('a sound job breaks no rule', () => {
  assert.deepEqual(templateViolations(tracerTemplate, templateJob({ attributes })), []);
});
