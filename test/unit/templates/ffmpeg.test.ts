import assert from 'node:assert/strict';
import { test } from 'node:test';
import { templateViolations } from '../../../shared/domain/templateFields.ts';
import { ffmpegTemplate } from '../../../templates/ffmpeg.ts';
import { node, templateJob } from './templateJob.ts';

const attributes = { input: '/out/frame.####.png', output: '/out/shot 10.mp4' };
const aJob = (change: Parameters<typeof templateJob>[0] = {}) =>
  templateJob({
    templateId: 48,
    startFrame: 1,
    endFrame: 6,
    packetSize: 6,
    ...change,
    attributes: { ...attributes, ...change.attributes },
  });
const packet = { startFrame: 1, endFrame: 6, byFrame: 1, frameCount: 6, slice: 0 };

test('all frames become one movie, and the last of them a second output so that it cannot be missed', () => {
  assert.deepEqual(ffmpegTemplate.buildCommand(aJob(), packet, node), {
    program: 'ffmpeg',
    arguments: [
      '-hide_banner',
      '-nostdin',
      '-loglevel',
      'level+info',
      '-y',
      '-abort_on',
      'empty_output_stream',
      '-f',
      'image2',
      '-pattern_type',
      'sequence',
      '-framerate',
      '25',
      '-start_number',
      '1',
      '-i',
      'file:/out/frame.%04d.png',
      '-map',
      '0:v',
      '-c:v',
      'libx264',
      '-pix_fmt',
      'yuv420p',
      '-frames:v',
      '6',
      'file:/out/shot 10.mp4',
      '-map',
      '0:v',
      '-vf',
      'trim=start_frame=5',
      '-frames:v',
      '1',
      '-f',
      'null',
      '-',
    ],
  });
});

test('fields of the job and additional flags become options of the movie', () => {
  const job = aJob({
    attributes: {
      frame_rate: 23.976,
      codec: 'libx265',
      preset: 'slow',
      quality: 18,
      pixel_format: 'yuv444p10le',
      ADD_FLAGS: '-movflags +faststart',
    },
  });
  const words = ffmpegTemplate.buildCommand(job, packet, node).arguments;

  assert.deepEqual(words.slice(11, 13), ['-framerate', '23.976']);
  assert.deepEqual(words.slice(19, 31), [
    '-c:v',
    'libx265',
    '-preset',
    'slow',
    '-crf',
    '18',
    '-pix_fmt',
    'yuv444p10le',
    '-movflags',
    '+faststart',
    '-frames:v',
    '6',
  ]);
});

test('a path is a local file, whatever it looks like', () => {
  const pathsOf = (input: string, output: string) => {
    const words = ffmpegTemplate.buildCommand(
      aJob({ attributes: { input, output } }),
      packet,
      node,
    ).arguments;
    return [words[16], words[25]];
  };

  assert.deepEqual(pathsOf('-x#.png', '-y.mp4'), ['file:-x%01d.png', 'file:-y.mp4']);
  assert.deepEqual(pathsOf('concat:a|b#.png', 'tcp://host:1'), [
    'file:concat:a|b%01d.png',
    'file:tcp://host:1',
  ]);
  assert.deepEqual(pathsOf('/out/100%/f.##.png', '/out/100%.mp4'), [
    'file:/out/100%%/f.%02d.png',
    'file:/out/100%.mp4',
  ]);
  assert.deepEqual(pathsOf('C:\\out\\f.####.png', 'C:\\out\\m.mp4'), [
    'file:C:\\out\\f.%04d.png',
    'file:C:\\out\\m.mp4',
  ]);
});

test('a value that looks like an option stays the value of its option', () => {
  const words = ffmpegTemplate.buildCommand(
    aJob({ attributes: { codec: '-i /etc/passwd', preset: '-y' } }),
    packet,
    node,
  ).arguments;

  assert.deepEqual(words.slice(19, 23), ['-c:v', '-i /etc/passwd', '-preset', '-y']);
});

test('a movie is one packet, whole and in sequence', () => {
  assert.deepEqual(templateViolations(ffmpegTemplate, aJob()), []);
  assert.deepEqual(templateViolations(ffmpegTemplate, aJob({ packetSize: 10_000_000 })), []);
  assert.deepEqual(templateViolations(ffmpegTemplate, aJob({ packetSize: 5 })), [
    { field: 'packetSize', rule: 'must be at least 6: one packet assembles the whole movie' },
  ]);
  assert.deepEqual(templateViolations(ffmpegTemplate, aJob({ packetType: 'image-slices', imageSlices: 2 })), [
    { field: 'packetType', rule: 'must be multiframe: a movie cannot be cut into slices' },
  ]);
  assert.deepEqual(templateViolations(ffmpegTemplate, aJob({ byFrame: 2 })), [
    { field: 'byFrame', rule: 'must be 1: FFmpeg reads images in sequence' },
  ]);
});

test('every broken field is named once, with its rule', () => {
  const job = templateJob({
    startFrame: 0.5,
    attributes: { input: '/out/f.png', frame_rate: 0, quality: 64, ADD_FLAGS: '["a\\u0000"]' },
  });

  assert.deepEqual(templateViolations(ffmpegTemplate, job), [
    { field: 'output', rule: 'is required' },
    { field: 'startFrame', rule: 'must be a whole number from 0 on' },
    { field: 'input', rule: 'must have one run of # in the file name, which becomes the frame number' },
    { field: 'frame_rate', rule: 'must be from 0.001 to 1000' },
    { field: 'quality', rule: 'must be from 0 to 63' },
    { field: 'ADD_FLAGS', rule: 'must not contain a null character' },
  ]);
});
