import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engineProblems, engineTemplate } from '../../../shared/domain/engineTemplate.ts';
import { templateViolations } from '../../../shared/domain/templateFields.ts';
import { engineDefinitionSchema } from '../../../shared/model/engineDefinition.ts';
import type { Platform } from '../../../shared/model/node.ts';
import { engines, findTemplate } from '../../../templates/index.ts';
import { templateJob } from './templateJob.ts';

const packet = { startFrame: 10, endFrame: 18, byFrame: 2, frameCount: 5, slice: 0 };
const inARow = { startFrame: 10, endFrame: 19, byFrame: 1, frameCount: 10, slice: 0 };

/** The whole command line of a packet, program first. */
function commandLine(
  id: number,
  platform: Platform,
  attributes: Record<string, unknown>,
  frames: typeof packet = packet,
): string[] {
  const template = findTemplate(id);
  assert.ok(template);
  const job = templateJob({
    templateId: id,
    startFrame: frames.startFrame,
    endFrame: 120,
    byFrame: frames.byFrame,
    packetSize: frames.frameCount,
    platform: template.name === 'after-effects' ? platform : 'any',
    attributes,
  });
  assert.deepEqual(templateViolations(template, job), []);
  const command = template.buildCommand(job, frames, { platform, name: 'node1', host: 'host1' });
  return [command.program, ...command.arguments];
}

const mayaFrames = ['-s', '10', '-e', '18', '-b', '2'];

test('Maya renders with its software renderer on Linux, Windows and macOS', () => {
  const linux = { job_file: '/jobs/shot 10.ma', output_folder: '/out/shot10' };
  const windows = {
    job_file: 'C:\\jobs\\shot 10.mb',
    job_project: 'C:\\jobs',
    output_folder: 'D:\\out',
    image_name: 'beauty',
    camera: 'renderCam',
    render_layer: 'fg,bg',
    width: 1920,
    height: 1080,
    MAYADIGITS: 4,
    ADD_FLAGS: '-mb on',
  };

  assert.deepEqual(commandLine(1, 'linux', linux), [
    ...['Render', '-r', 'sw', ...mayaFrames],
    ...['-rd', '/out/shot10', '/jobs/shot 10.ma'],
  ]);
  assert.deepEqual(commandLine(1, 'darwin', linux), commandLine(1, 'linux', linux));
  assert.deepEqual(commandLine(1, 'win32', windows), [
    ...['Render.exe', '-r', 'sw', ...mayaFrames, '-proj', 'C:\\jobs', '-rd', 'D:\\out', '-im', 'beauty'],
    ...['-cam', 'renderCam', '-rl', 'fg,bg', '-x', '1920', '-y', '1080', '-pad', '4', '-mb', 'on'],
    'C:\\jobs\\shot 10.mb',
  ]);
});

test('Maya renders with Arnold, V-Ray and Redshift on Linux, Windows and macOS', () => {
  const unix = { job_file: '/jobs/a.ma', output_folder: '/out', camera: 'cam1' };
  const windows = {
    job_file: 'C:\\a.ma',
    output_folder: 'D:\\out',
    log_level: 1,
    ADD_FLAGS: '-ai:threads 8',
  };
  const rest = ['-rd', '/out', '-cam', 'cam1'];

  for (const platform of ['linux', 'darwin'] as const) {
    assert.deepEqual(commandLine(46, platform, unix), [
      ...['Render', '-r', 'arnold', ...mayaFrames, ...rest, '-ai:lve', '2', '/jobs/a.ma'],
    ]);
    assert.deepEqual(commandLine(37, platform, unix), [
      ...['Render', '-r', 'vray', ...mayaFrames, ...rest, '/jobs/a.ma'],
    ]);
    assert.deepEqual(commandLine(55, platform, unix), [
      ...['Render', '-r', 'redshift', ...mayaFrames, ...rest, '-logLevel', '2', '/jobs/a.ma'],
    ]);
  }
  assert.deepEqual(commandLine(46, 'win32', windows), [
    ...['Render.exe', '-r', 'arnold', ...mayaFrames, '-rd', 'D:\\out', '-ai:lve', '1'],
    ...['-ai:threads', '8', 'C:\\a.ma'],
  ]);
  assert.deepEqual(commandLine(37, 'win32', { job_file: 'C:\\a.ma', output_folder: 'D:\\out' }), [
    ...['Render.exe', '-r', 'vray', ...mayaFrames, '-rd', 'D:\\out', 'C:\\a.ma'],
  ]);
  assert.deepEqual(
    commandLine(55, 'win32', { job_file: 'C:\\a.ma', output_folder: 'D:\\out', log_level: 0 }),
    [...['Render.exe', '-r', 'redshift', ...mayaFrames, '-rd', 'D:\\out', '-logLevel', '0', 'C:\\a.ma']],
  );
});

test('Nuke renders a script on Linux, Windows and macOS', () => {
  const windows = {
    job_file: 'C:\\comp.nk',
    write_node: 'Write2',
    views: 'left,right',
    threads: 6,
    ADD_FLAGS: '-c 8G',
  };

  for (const platform of ['linux', 'darwin'] as const) {
    assert.deepEqual(commandLine(49, platform, { job_file: '/jobs/comp.nk' }), [
      ...['Nuke', '-x', '-m', '0', '-F', '10-18x2', '/jobs/comp.nk'],
    ]);
  }
  assert.deepEqual(commandLine(49, 'win32', windows), [
    ...['Nuke.exe', '-x', '-m', '6', '-X', 'Write2', '--view', 'left,right', '-F', '10-18x2', '-c', '8G'],
    'C:\\comp.nk',
  ]);
});

test('hython renders an output node on Linux, Windows and macOS', () => {
  const code = [
    'import hou, sys',
    'file, node, first, last, step = sys.argv[1:6]',
    'hou.hipFile.load(file, suppress_save_prompt=True, ignore_load_warnings=True)',
    'hou.node(node).render(frame_range=(float(first), float(last), float(step)), verbose=True, output_progress=True)',
    '',
  ].join('\n');
  const unix = { job_file: '/jobs/fx.hip', output_node: '/out/mantra1' };

  for (const platform of ['linux', 'darwin'] as const) {
    assert.deepEqual(commandLine(903, platform, unix), [
      ...['hython', '-c', code, '/jobs/fx.hip', '/out/mantra1', '10', '18', '2'],
    ]);
  }
  assert.deepEqual(commandLine(903, 'win32', { ...unix, job_file: 'C:\\fx.hip', ADD_FLAGS: '-n' }), [
    ...['hython.exe', '-n', '-c', code, 'C:\\fx.hip', '/out/mantra1', '10', '18', '2'],
  ]);
});

test('husk renders a USD file on Linux, Windows and macOS', () => {
  const unix = { job_file: '/jobs/a.usd', output: '/out/a.####.exr' };
  const windows = {
    job_file: 'C:\\a.usd',
    output: 'D:\\out\\a_##.exr',
    renderer: 'BRAY_HdKarma',
    render_settings: '/Render/rendersettings',
    width: 640,
    height: 360,
    ADD_FLAGS: '--pixel-samples 64',
  };
  const frames = ['--frame', '10', '--frame-count', '5', '--frame-inc', '2'];

  for (const platform of ['linux', 'darwin'] as const) {
    assert.deepEqual(commandLine(904, platform, unix), [
      ...[
        'husk',
        ...frames,
        '--make-output-path',
        '--verbose',
        'a2',
        '--output',
        '/out/a.$F4.exr',
        '/jobs/a.usd',
      ],
    ]);
  }
  assert.deepEqual(commandLine(904, 'win32', windows), [
    ...['husk.exe', ...frames, '--renderer', 'BRAY_HdKarma', '--settings', '/Render/rendersettings'],
    ...['--res', '640', '360', '--make-output-path', '--verbose', 'a2', '--output', 'D:\\out\\a_$F2.exr'],
    ...['--pixel-samples', '64', 'C:\\a.usd'],
  ]);
});

test('Katana renders the frames of a packet one by one or in a row, on Linux, Windows and macOS', () => {
  const windows = {
    job_file: 'C:\\a.katana',
    render_node: 'beauty',
    threads_2d: 2,
    threads_3d: 8,
    ADD_FLAGS: '--var shot=sh010',
  };

  for (const platform of ['linux', 'darwin'] as const) {
    assert.deepEqual(commandLine(905, platform, { job_file: '/jobs/a.katana' }), [
      ...['katana', '--batch', '--katana-file=/jobs/a.katana', '--t=10,12,14,16,18'],
    ]);
  }
  assert.deepEqual(commandLine(905, 'win32', windows, inARow), [
    ...['katanaBin.exe', '--batch', '--katana-file=C:\\a.katana', '--render-node=beauty', '--t=10-19'],
    ...['--threads2d=2', '--threads3d=8', '--var', 'shot=sh010'],
  ]);
});

test('kick renders the scene file of one frame on Linux, Windows and macOS', () => {
  const one = { startFrame: 7, endFrame: 7, byFrame: 1, frameCount: 1, slice: 0 };
  const unix = { job_file: '/jobs/a.####.ass', output: '/out/a.####.exr' };
  const windows = {
    job_file: 'C:\\a.####.ass',
    output: 'D:\\a.##.exr',
    plugin_folder: 'C:\\shaders',
    camera: '/cam1',
    threads: 4,
    log_level: 2,
    width: 640,
    height: 360,
    ADD_FLAGS: '-as 4',
  };

  for (const platform of ['linux', 'darwin'] as const) {
    assert.deepEqual(commandLine(906, platform, unix, one), [
      ...[
        'kick',
        '-i',
        '/jobs/a.0007.ass',
        '-o',
        '/out/a.0007.exr',
        '-dw',
        '-dp',
        '-nstdin',
        '-v',
        '4',
        '-t',
        '0',
      ],
    ]);
  }
  assert.deepEqual(commandLine(906, 'win32', windows, one), [
    ...[
      'kick.exe',
      '-i',
      'C:\\a.0007.ass',
      '-o',
      'D:\\a.07.exr',
      '-dw',
      '-dp',
      '-nstdin',
      '-v',
      '2',
      '-t',
      '4',
    ],
    ...['-l', 'C:\\shaders', '-c', '/cam1', '-r', '640', '360', '-as', '4'],
  ]);
});

test('V-Ray Standalone renders the frames of a packet on Linux, Windows and macOS', () => {
  const unix = { job_file: '/jobs/a.vrscene', output: '/out/a.exr' };
  const windows = {
    job_file: 'C:\\a.vrscene',
    output: 'D:\\a.exr',
    threads: 8,
    width: 640,
    height: 360,
    ADD_FLAGS: '-verboseLevel=3',
  };

  for (const platform of ['linux', 'darwin'] as const) {
    assert.deepEqual(commandLine(907, platform, unix), [
      ...['vray', '-sceneFile=/jobs/a.vrscene', '-imgFile=/out/a.exr', '-frames=10;12;14;16;18'],
      ...['-display=0', '-autoClose=1', '-numThreads=0'],
    ]);
  }
  assert.deepEqual(commandLine(907, 'win32', windows, inARow), [
    ...['vray.exe', '-sceneFile=C:\\a.vrscene', '-imgFile=D:\\a.exr', '-frames=10-19', '-display=0'],
    ...['-autoClose=1', '-numThreads=8', '-imgWidth=640', '-imgHeight=360', '-verboseLevel=3'],
  ]);
});

test('Cinema 4D renders frames on Linux, Windows and macOS', () => {
  const windows = {
    job_file: 'C:\\a.c4d',
    output: 'D:\\a',
    multipass_output: 'D:\\passes\\a',
    take: 'front',
    format: 'PNG',
    threads: 8,
    width: 640,
    height: 360,
    ADD_FLAGS: '-g_logLevel 3',
  };

  for (const platform of ['linux', 'darwin'] as const) {
    assert.deepEqual(commandLine(908, platform, { job_file: '/jobs/a.c4d' }), [
      ...['Commandline', '-nogui', '-render', '/jobs/a.c4d', '-frame', '10', '18', '2'],
    ]);
  }
  assert.deepEqual(commandLine(908, 'win32', windows), [
    ...['Commandline.exe', '-nogui', '-render', 'C:\\a.c4d', '-frame', '10', '18', '2', '-oimage', 'D:\\a'],
    ...['-omultipass', 'D:\\passes\\a', '-oformat', 'PNG', '-oresolution', '640', '360', '-take', 'front'],
    ...['-threads', '8', '-g_logLevel', '3'],
  ]);
});

test('After Effects renders a composition on Windows and macOS, and on no other', () => {
  const unix = { job_file: '/jobs/a.aep', composition: 'Comp 1', output: '/out/a.####.png' };
  const windows = {
    job_file: 'C:\\a.aep',
    composition: 'Comp 1',
    render_settings: 'Multi-Machine Settings',
    output_module: 'Multi-Machine Sequence',
    ADD_FLAGS: '-continueOnMissingFootage',
  };
  const frames = ['-s', '10', '-e', '18', '-i', '2'];
  const template = findTemplate(909);
  assert.ok(template);

  assert.deepEqual(commandLine(909, 'darwin', unix), [
    ...['aerender', '-project', '/jobs/a.aep', '-comp', 'Comp 1', ...frames],
    ...['-output', '/out/a.[####].png', '-v', 'ERRORS_AND_PROGRESS'],
  ]);
  assert.deepEqual(commandLine(909, 'win32', windows), [
    ...['aerender.exe', '-project', 'C:\\a.aep', '-comp', 'Comp 1', ...frames],
    ...['-RStemplate', 'Multi-Machine Settings', '-OMtemplate', 'Multi-Machine Sequence'],
    ...['-v', 'ERRORS_AND_PROGRESS', '-continueOnMissingFootage'],
  ]);
  const violations = (platform: 'any' | 'linux' | 'darwin') =>
    templateViolations(template, templateJob({ templateId: 909, platform, attributes: unix }));
  assert.deepEqual([violations('any'), violations('darwin')], [[], []]);
  assert.deepEqual(violations('linux'), [
    { field: 'platform', rule: 'must be darwin or win32: after-effects runs on no other' },
  ]);
  assert.deepEqual(template.needs, { platforms: ['darwin', 'win32'], software: [] });
});

test('frames between whole ones are rendered where the engine knows them, and refused elsewhere', () => {
  const halves = { startFrame: 1.5, endFrame: 2.5, byFrame: 0.5 };
  const [maya, nuke] = [findTemplate(1), findTemplate(49)];
  assert.ok(maya && nuke);
  const job = { ...halves, attributes: { job_file: '/a.ma', output_folder: '/out' } };

  assert.deepEqual(templateViolations(maya, templateJob({ ...job, templateId: 1 })), []);
  assert.deepEqual(templateViolations(nuke, templateJob({ ...job, templateId: 49 })), [
    { field: 'startFrame', rule: 'must be a whole number from 0 on' },
    { field: 'endFrame', rule: 'must be a whole number' },
    { field: 'byFrame', rule: 'must be a whole number' },
  ]);
});

test('a job is told each field that is wrong', () => {
  const husk = findTemplate(904);
  const kick = findTemplate(906);
  assert.ok(husk && kick);

  assert.deepEqual(
    templateViolations(
      husk,
      templateJob({
        templateId: 904,
        packetType: 'image-slices',
        attributes: {
          job_file: '-x',
          output: '/out/a.exr',
          renderer: '--help',
          width: 0,
          ADD_FLAGS: '"open',
        },
      }),
    ),
    [
      { field: 'packetType', rule: 'must be multiframe with husk' },
      { field: 'job_file', rule: 'must not begin with -' },
      { field: 'output', rule: 'must have one run of # in the file name, which becomes the frame number' },
      { field: 'renderer', rule: 'must not begin with -' },
      { field: 'width', rule: 'must be from 1 to 65536' },
      { field: 'ADD_FLAGS', rule: 'has a " that is not closed' },
    ],
  );
  assert.deepEqual(
    templateViolations(
      kick,
      templateJob({
        templateId: 906,
        packetSize: 10,
        attributes: { job_file: '/a.####.ass', output: '/a.####.exr' },
      }),
    ),
    [{ field: 'packetSize', rule: 'must be 1: a process of arnold-kick renders one frame' }],
  );
});

test('every engine is described by the schema, without placeholders that nothing fills', () => {
  for (const engine of engines) {
    assert.deepEqual(engineDefinitionSchema().parse(engine), engine);
    assert.deepEqual(engineProblems(engine), []);
  }
});

test('a description with mistakes is told each of them', () => {
  const [maya] = engines;
  assert.ok(maya);
  const engine = {
    ...maya,
    fields: [...maya.fields, ...maya.fields.slice(0, 1)],
    arguments: ['{job_fil}', ['-o', '{output_folder:base}']],
    startingFolder: 'work',
  };

  assert.deepEqual(engineProblems(engine), [
    { field: 'fields', rule: 'must not have job_file twice' },
    { field: 'arguments', rule: '{job_fil} must be a field or a frame number' },
    {
      field: 'arguments',
      rule: '{output_folder:base} must end in one of folder, name, frame, before, digits, hashes, after',
    },
    { field: 'startingFolder', rule: 'work must be a field' },
  ]);
});

test('an engine starts in the folder of the field that it names, with its environment', () => {
  const [maya] = engines;
  assert.ok(maya);
  const template = engineTemplate({
    ...maya,
    startingFolder: 'job_project',
    environment: { MAYA_DEBUG: '0' },
  });
  const job = templateJob({ attributes: { job_file: '/a.ma', output_folder: '/out', job_project: '/jobs' } });

  const command = template.buildCommand(job, packet, { platform: 'linux', name: 'node1', host: 'host1' });

  assert.equal(command.startingFolder, '/jobs');
  assert.deepEqual(command.environment, { MAYA_DEBUG: '0' });
});
