import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { itWithPython } from '../python/runPython.ts';
import { anEngine } from '../support/anEngine.ts';
import { toonFile } from '../support/pythonTemplates.ts';
import { startFarm } from '../support/startFarm.ts';
import { aLoggedInRollcall } from './rollcall.ts';

describe('rollcall templates', () => {
  it('validates a file, pushes it twice, shows it, rolls it back and removes it', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const file = join(farm.data, 'toon.json');
    writeFileSync(
      file,
      JSON.stringify(anEngine(2_001, { name: 'toon', limits: [{ name: 'toon', maximum: 4 }] })),
    );

    const validated = await rollcall.run(['templates', 'validate', file]);
    const pushed = await rollcall.run(['templates', 'push', file]);
    await rollcall.run(['templates', 'push', file]);
    const rolledBack = await rollcall.run(['templates', 'rollback', 'toon']);
    const shown = await rollcall.run(['templates', 'show', 'toon']);
    const listed = await rollcall.run(['templates']);
    const unknown = await rollcall.run(['templates', 'show', 'cartoon']);
    const removed = await rollcall.run(['templates', 'remove', 'toon', '--yes']);

    assert.equal(validated.stdout, 'Template 2001 toon can be pushed.\n');
    assert.equal(pushed.stdout, 'Pushed template 2001 toon, edition 1.\n');
    assert.equal(rolledBack.stdout, 'Edition 1 of template 2001 is in force.\n');
    assert.equal(
      shown.stdout,
      `2001 toon

Description  Renders frames.
Limits       toon 4
Editions     1 by admin (in force), 2 by admin

ATTRIBUTE  KIND  DEFAULT   WHAT
job_file   file  required  Scene file
`,
    );
    assert.match(listed.stdout, /^ +49 {2}nuke {20}Renders frames of a Nuke script\.$/m);
    assert.match(listed.stdout, /^2001 {2}toon +1 {2}Renders frames\.$/m);
    assert.deepEqual(
      [unknown.code, unknown.stderr],
      [2, 'rollcall: there is no template cartoon; rollcall templates lists them\n'],
    );
    assert.equal(removed.stdout, 'Removed template toon.\n');
  });

  it('says of a file with a mistake what is wrong with it', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const file = join(farm.data, 'toon.json');
    writeFileSync(file, JSON.stringify(anEngine(2_001, { arguments: ['{scene}'] })));

    const { code, stderr } = await rollcall.run(['templates', 'validate', file]);

    assert.equal(code, 1);
    assert.match(stderr, /^rollcall: definition\.arguments: \{scene\} must be a field or a frame number\.$/m);
  });

  it('strips the types of a file of TypeScript, and pushes its definition and hooks', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const file = join(farm.data, 'toon.ts');
    writeFileSync(
      file,
      `import { RollcallError, type DispatcherHooks } from '@rollcall/client';
export const definition = ${JSON.stringify(anEngine(2_003, { name: 'toon' }))};
export const hooks: DispatcherHooks = {
  onJobEnd({ job }, { client }): void { console.log(job.id, RollcallError.name); },
};
`,
    );

    const validated = await rollcall.run(['templates', 'validate', file]);
    const pushed = await rollcall.run(['templates', 'push', file]);
    const shown = await rollcall.run(['templates', 'show', 'toon']);
    const { typescript } = (await farm.admin.templateGet({ id: 2_003 })).template;
    const kept = await farm.context.blobs.read(`templates/${typescript?.sha256}.js.gz`);

    assert.equal(validated.stdout, 'Template 2003 toon can be pushed.\n', validated.stderr);
    assert.equal(pushed.stdout, 'Pushed template 2003 toon, edition 1.\n');
    assert.match(shown.stdout, /^File +toon\.ts$/m);
    assert.match(shown.stdout, /^Hooks +onJobEnd$/m);
    assert.deepEqual([typescript?.file, typescript?.dispatcherHooks], ['toon.ts', ['onJobEnd']]);
    assert.match(
      gunzipSync(kept ?? '').toString(),
      /^ {2}onJobEnd\(\{ job \}, \{ client \}\) +\{ console\.log/m,
    );
  });

  const mistakes: readonly (readonly [what: string, text: string, stderr: RegExp])[] = [
    [
      'its syntax is wrong',
      'const frames: number = 1;\nlet b = ;\n',
      /^rollcall: toon\.ts cannot be loaded: line 2: SyntaxError: Expression expected$/m,
    ],
    [
      'it has syntax that is more than types',
      'enum Kind { draft }\n',
      /^rollcall: toon\.ts cannot be loaded: line 1: SyntaxError: TypeScript enum is not supported in strip-only mode$/m,
    ],
    [
      'it imports a package',
      "import { left } from 'left-pad';\n",
      /^rollcall: toon\.ts cannot be loaded: it imports left-pad; only node: modules and @rollcall\/client can be imported$/m,
    ],
    [
      'it throws',
      'export const hooks = {};\nthrow new Error("no");\n',
      /^rollcall: toon\.ts cannot be loaded: line 2: Error: no$/m,
    ],
    ['it has no definition', 'export const hooks = {};\n', /^rollcall: toon\.ts exports no definition$/m],
    [
      'it has no hooks',
      'export const definition = { id: 2003 };\n',
      /^rollcall: toon\.ts exports no hooks; a template without is a file of JSON$/m,
    ],
    [
      'a hook is none of the dispatcher',
      `export const definition = ${JSON.stringify(anEngine(2_003))};\nexport const hooks = { onJobEnded() {} };\n`,
      /^rollcall: typescript\.dispatcherHooks\.0: invalid option: expected one of /m,
    ],
  ];
  for (const [what, text, stderr] of mistakes) {
    it(`says of a file of TypeScript that ${what}`, async (t) => {
      const farm = await startFarm(t);
      const rollcall = await aLoggedInRollcall(t, farm.url);
      const file = join(farm.data, 'toon.ts');
      writeFileSync(file, text);

      const result = await rollcall.run(['templates', 'push', file]);

      assert.notEqual(result.code, 0);
      assert.match(result.stderr, stderr);
      await assert.rejects(farm.admin.templateGet({ id: 2_003 }), { code: 'not-found' });
    });
  }

  itWithPython('lets Python describe a template of Muster, and pushes it', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);

    const validated = await rollcall.run(['templates', 'validate', toonFile]);
    const pushed = await rollcall.run(['templates', 'push', toonFile]);
    const shown = await rollcall.run(['templates', 'show', 'Toon']);

    assert.equal(validated.stdout, 'Template 1107 Toon can be pushed.\n', validated.stderr);
    assert.equal(pushed.stdout, 'Pushed template 1107 Toon, edition 1.\n');
    assert.match(shown.stdout, /^Hooks +onJobEnd$/m);
    assert.match(shown.stdout, /^File +toon\.py$/m);
    assert.match(shown.stdout, /^Platforms +linux, darwin$/m);
    assert.match(shown.stdout, /^TOONLINES +integer +2 +Width of the lines$/m);
  });

  itWithPython('says of a file of Python where its mistake is', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const file = join(farm.data, 'broken.py');
    writeFileSync(file, 'import MTemplateAPI\nMTemplateAPI.nothing\n');

    const { code, stderr } = await rollcall.run(['templates', 'push', file]);

    assert.deepEqual(
      [code, stderr],
      [
        2,
        "rollcall: broken.py cannot be loaded: line 2: AttributeError: module 'MTemplateAPI' has no attribute 'nothing'\n",
      ],
    );
  });

  it('names the interpreter that is missing', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);

    const { code, stderr } = await rollcall.run(['templates', 'push', toonFile, '--python', 'no-python']);

    assert.deepEqual(
      [code, stderr],
      [
        2,
        'rollcall: toon.py is described by Python, and no-python is not on this machine: install it, or name another with --python\n',
      ],
    );
  });
});
