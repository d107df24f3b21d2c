import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';
import { tracerTemplate } from '../../../templates/tracer.ts';

const program = fileURLToPath(new URL('../../../templates/tracer/render.ts', import.meta.url));
const demo = fileURLToPath(new URL('../../../templates/tracer/scenes/demo.json', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tracer-'));
after(() => rmSync(folder, { recursive: true }));

const camera = { position: [0, 0, 5], target: [0, 0, 0] };

/** A glowing sphere before an even sky: every pixel is one of two colours. */
const flatScene = {
  camera,
  sky: { zenith: '#336699', horizon: '#336699', ambient: 0 },
  materials: { lamp: { color: '#cc8844', glow: 1, reflection: 0, roughness: 1 } },
  objects: [{ shape: 'sphere', center: [0, 0, 0], radius: 1, material: 'lamp' }],
};

function sceneFile(name: string, scene: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(scene));
  return path;
}

function run(...words: string[]): { code: number | null; output: string; errors: string[] } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], { encoding: 'utf8' });
  return { code: status, output: stdout, errors: stderr.split('\n').filter((line) => line !== '') };
}

function pixel(image: PNG, x: number, y: number): number[] {
  return [...image.data.subarray(4 * (y * image.width + x), 4 * (y * image.width + x) + 3)];
}

test('a scene of flat colours is rendered in exactly these colours, at the size asked for', () => {
  const scene = sceneFile('flat.json', flatScene);

  const { code, errors } = run(
    `--scene=${scene}`,
    `--output=${join(folder, 'flat.####.png')}`,
    '--width=48',
    '--height=32',
  );

  assert.deepEqual({ code, errors }, { code: 0, errors: [] });
  const image = PNG.sync.read(readFileSync(join(folder, 'flat.0001.png')));
  assert.deepEqual([image.width, image.height], [48, 32]);
  assert.deepEqual(pixel(image, 24, 16), [0xcc, 0x88, 0x44]);
  for (const [x, y] of [
    [0, 0],
    [47, 0],
    [0, 31],
    [47, 31],
  ] as const) {
    assert.deepEqual(pixel(image, x, y), [0x33, 0x66, 0x99]);
  }
});

test('a perfect mirror shows the sky behind the camera', () => {
  const scene = sceneFile('mirror.json', {
    ...flatScene,
    materials: { lamp: { color: '#ffffff', metal: 1, roughness: 0 } },
  });

  run(`--scene=${scene}`, `--output=${join(folder, 'mirror.#.png')}`, '--width=9', '--height=9');

  const image = PNG.sync.read(readFileSync(join(folder, 'mirror.1.png')));
  assert.deepEqual(pixel(image, 4, 4), [0x33, 0x66, 0x99]);
});

test('a surface that a box keeps from the light is black, and the one beside it is not', () => {
  const scene = sceneFile('shadow.json', {
    camera: { position: [0, 10, 0.001], target: [0, 0, 0], fieldOfView: 60 },
    lights: [{ position: [0, 6, 0], color: '#808080', intensity: 2 }],
    materials: { paint: { color: '#ffffff', reflection: 0, roughness: 1 } },
    objects: [
      { shape: 'floor', height: 0, material: 'paint' },
      { shape: 'box', center: [2, 1.5, 0], size: [1, 1, 1], material: 'paint' },
    ],
  });

  run(`--scene=${scene}`, `--output=${join(folder, 'shadow.#.png')}`, '--width=60', '--height=60');

  const image = PNG.sync.read(readFileSync(join(folder, 'shadow.1.png')));
  assert.deepEqual(pixel(image, 47, 30), [0, 0, 0]);
  assert.ok((pixel(image, 14, 30)[0] ?? 0) > 50);
});

test('frames of a packet are written one by one, and lines that the checks read tell the progress', () => {
  const { code, output } = run(
    `--scene=${demo}`,
    `--output=${join(folder, 'made', 'demo.####.png')}`,
    '--start=-1',
    '--end=2',
    '--by=1.5',
    '--width=16',
    '--height=10',
  );

  assert.equal(code, 0);
  assert.deepEqual(readdirSync(join(folder, 'made')).sort(), [
    'demo.-0001.png',
    'demo.0000.5.png',
    'demo.0002.png',
  ]);
  const pattern = new RegExp(tracerTemplate.checks.progressPattern ?? '');
  const progress = output
    .split('\n')
    .flatMap((line) => pattern.exec(line)?.[1] ?? [])
    .map(Number);
  assert.deepEqual(progress.slice(0, 3), [3, 6, 10]);
  assert.deepEqual(progress.slice(-3), [93, 96, 100]);
});

test('slices of a frame put together are the whole frame, byte for byte', () => {
  const words = [
    `--scene=${demo}`,
    `--output=${join(folder, 's.##.png')}`,
    '--start=7',
    '--width=40',
    '--height=23',
  ];

  run(...words);
  for (const slice of [0, 1, 2]) run(...words, `--slice=${slice}`, '--slices=3');

  const slices = ['s.07.slice00.png', 's.07.slice01.png', 's.07.slice02.png'].map((name) =>
    PNG.sync.read(readFileSync(join(folder, name))),
  );
  assert.deepEqual(
    slices.map(({ height }) => height),
    [7, 8, 8],
  );
  const whole = PNG.sync.read(readFileSync(join(folder, 's.07.png')));
  assert.ok(Buffer.concat(slices.map(({ data }) => data)).equals(whole.data));
});

test('a frame rendered again, alone or in a packet, has the same bytes', () => {
  const words = [`--scene=${demo}`, `--output=${join(folder, 'r.#.png')}`, '--width=32', '--height=18'];

  run(...words, '--start=1', '--end=3');
  const first = readFileSync(join(folder, 'r.2.png'));
  run(...words, '--start=2');

  assert.ok(readFileSync(join(folder, 'r.2.png')).equals(first));
  assert.ok(!readFileSync(join(folder, 'r.3.png')).equals(first));
});

test('a bad scene ends with code 2 and a line for each field and the rule it breaks', () => {
  const scene = sceneFile('bad.json', {
    camera: {
      position: [0, 1],
      target: {
        keys: [
          [5, [0, 0, 0]],
          [2, [0, 0, 1]],
        ],
      },
    },
    materials: { red: { color: 'red' } },
    objects: [
      { shape: 'sphere', center: [0, 0, 0], radius: { keys: [[1, 0]] }, material: 'red' },
      { shape: 'cone' },
    ],
  });

  const { code, errors } = run(`--scene=${scene}`, `--output=${join(folder, 'bad.#.png')}`);

  assert.equal(code, 2);
  assert.deepEqual(errors, [
    'Error: scene camera.position: Too small: expected array to have exactly 3 items',
    'Error: scene camera.target.keys: frames must grow from key to key',
    'Error: scene materials.red.color: must be #rrggbb',
    'Error: scene objects[0].radius.keys[0][1]: Too small: expected number to be >=0.0001',
    "Error: scene objects[1].shape: Invalid discriminator value. Expected 'sphere' | 'box' | 'floor'",
  ]);
});

test('an object of a material that the scene does not have is refused by name', () => {
  const scene = sceneFile('material.json', { ...flatScene, materials: {} });

  const { code, errors } = run(`--scene=${scene}`, `--output=${join(folder, 'x.#.png')}`);

  assert.equal(code, 2);
  assert.deepEqual(errors, ['Error: scene objects[0].material: no material is called "lamp"']);
});

test('bad arguments end with code 2 and name each of them', () => {
  const { code, errors } = run('--output=a.png', '--width=0', '--slice=1', '--start=x', '--samples=1.5');

  assert.equal(code, 2);
  assert.deepEqual(errors, [
    'Error: scene: is required',
    'Error: output: must have one run of # in the file name, which becomes the frame number',
    'Error: start: must be a number',
    'Error: width: must be a whole number from 1 to 16384',
    'Error: samples: must be a whole number from 1 to 1024',
  ]);
});

test('a slice beyond their number is refused', () => {
  const { code, errors } = run('--scene=a', '--output=#.png', '--slice=3', '--slices=3');

  assert.equal(code, 2);
  assert.deepEqual(errors, ['Error: slice: counts from 0 and must be less than slices']);
});

test('a scene that cannot be read ends with code 3', () => {
  const { code, errors } = run(`--scene=${join(folder, 'none.json')}`, '--output=#.png');

  assert.equal(code, 3);
  assert.match(errors[0] ?? '', /^Error: scene: cannot read .*none\.json: ENOENT/);
});

test('an image that cannot be written ends with code 4 and leaves nothing behind', () => {
  const target = join(folder, 'taken');
  mkdirSync(join(target, 't.1.png'), { recursive: true });

  const { code, errors } = run(
    `--scene=${sceneFile('flat4.json', flatScene)}`,
    `--output=${join(target, 't.#.png')}`,
    '--width=4',
    '--height=4',
  );

  assert.equal(code, 4);
  assert.match(errors[0] ?? '', /^Error: output: cannot write .*t\.1\.png: /);
  assert.deepEqual(readdirSync(target), ['t.1.png']);
});

test('a render that is killed leaves no image under the final name', async () => {
  const output = join(folder, 'killed');
  const child = spawn(process.execPath, [program, `--scene=${demo}`, `--output=${join(output, 'k.#.png')}`]);
  await once(child.stdout, 'data');

  child.kill('SIGKILL');
  await once(child, 'exit');

  assert.equal(existsSync(join(output, 'k.1.png')), false);
});
