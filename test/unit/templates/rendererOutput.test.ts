/** Lines that the renderers print, as the agent reads them by the checks of their templates. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OutputWatch } from '../../../nodeagent/src/runner/outputWatch.ts';
import type { Template } from '../../../shared/contract/hooks.ts';
import { blenderTemplate } from '../../../templates/blender.ts';
import { ffmpegTemplate } from '../../../templates/ffmpeg.ts';
import { povrayTemplate } from '../../../templates/povray.ts';

function watch({ checks }: Template, ...lines: readonly string[]) {
  const output = new OutputWatch({
    ...checks,
    errorPatterns: [...checks.errorPatterns],
    warningPatterns: [...checks.warningPatterns],
    validExitCodes: [],
    warningExitCodes: [],
    errorExitCodes: [],
    checksExitCode: true,
  });
  output.look(lines.map((text) => ({ text, isContinued: false })));
  return { progress: output.progress, error: output.firstError, warning: output.firstWarning };
}

const quiet = { progress: 0, error: undefined, warning: undefined };

test("POV-Ray's pixels are progress, and its remarks are no errors", () => {
  assert.deepEqual(
    watch(
      povrayTemplate,
      'povray: cannot open the user configuration file /root/.povray/3.7/povray.conf: No such file or directory',
      '  Fatal Stream to console.........On ',
      'Rendering frame 2 of 3',
      'Rendered 2048 of 3072 pixels (66%)',
    ),
    { ...quiet, progress: 0.66 },
  );
});

test("the first of POV-Ray's errors is told, and its warnings are", () => {
  const told = watch(
    povrayTemplate,
    'Parse Warning: assumed_gamma not specified, so gamma_correction is turned off',
    "File 'a.pov' line 2: Possible Parse Error: Cannot find file 'a.inc', even after",
    "File 'a.pov' line 2: Parse Error: Cannot open include file a.inc.",
    'Fatal error in parser: Cannot parse input.',
    'Render failed',
  );

  assert.equal(told.error, "File 'a.pov' line 2: Parse Error: Cannot open include file a.inc.");
  assert.match(told.warning ?? '', /^Parse Warning: assumed_gamma/);
  for (const line of [
    'Cannot create render state output file.',
    'Fatal error in parser: Cannot parse input.',
    'Problem with option setting',
  ]) {
    assert.equal(watch(povrayTemplate, line).error, line);
  }
});

test('lines of the levels error and fatal are errors of FFmpeg', () => {
  assert.deepEqual(
    watch(
      ffmpegTemplate,
      "[info] Input #0, image2, from 'file:/out/error/f.%04d.png':",
      '[swscaler @ 0x55] [warning] deprecated pixel format used, make sure you did set range correctly',
      '[info] frame=    6 fps=0.0 q=28.0 Lq=-0.0 size=       3kB time=00:00:00.25 bitrate=  96.5kbits/s',
    ),
    quiet,
  );
  for (const line of [
    '[fatal] Empty output on stream 1.',
    '[error] file:/out/none/m.mp4: No such file or directory',
    '[libx264 @ 0x5622] [error] width not divisible by 2 (63x48)',
  ]) {
    assert.equal(watch(ffmpegTemplate, line).error, line);
  }
});

test("samples and tiles are Blender's progress, whichever engine", () => {
  const progressOf = (line: string) => watch(blenderTemplate, line).progress;
  const line =
    'Fra:12 Mem:163.49M (Peak 230.23M) | Time:00:06.98 | Mem:108.22M, Peak:108.22M | Scene, ViewLayer | ';

  assert.equal(progressOf(`${line}Sample 8/32`), 0.25);
  assert.equal(progressOf(`${line}Rendered 3/4 Tiles, Sample 512/512`), 0.75);
  assert.equal(
    progressOf('Fra:1 Mem:25.37M (Peak 25.37M) | Time:00:00.28 | Rendering 16 / 64 samples'),
    0.25,
  );
  assert.deepEqual(
    watch(blenderTemplate, "Saved: '/out/0001.png'", ' Time: 00:00.36 (Saving: 00:00.17)', 'Blender quit'),
    quiet,
  );
});

test("Blender's errors are found though it ends with 0", () => {
  for (const line of [
    "Error: Cannot read file '/jobs/none.blend': No such file or directory",
    'Error: Cannot render, no camera',
    'Python: Traceback (most recent call last):',
    'RuntimeError: Error: Cannot write a single file with an animation format selected',
    "Render error (No such file or directory) cannot save: '/out/0001.png'",
    'System is out of GPU and shared host memory',
    'CUDA error: Out of memory in cuMemAlloc',
  ]) {
    assert.equal(watch(blenderTemplate, line).error, line, line);
  }
});
