/** The Python package by itself: its syntax, its objects, its installation. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'node:test';
import { askPython, itWithPython, packageFolder, runProgram } from './runPython.ts';

describe('the Python package', () => {
  itWithPython('compiles', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-python-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));

    const { code, output } = await runProgram('python3', ['-m', 'compileall', '-q', packageFolder], {
      PYTHONPYCACHEPREFIX: folder,
    });

    assert.equal(code, 0, output);
  });

  itWithPython('is written in what Python 3.8 understands', async () => {
    const files = (await askPython(`
import ast, pathlib
files = sorted(pathlib.Path(${JSON.stringify(packageFolder)}).rglob("*.py"))
for file in files:
    ast.parse(file.read_text(), str(file), feature_version=(3, 8))
print(len(files))`)) as number;

    assert.ok(files >= 10, `${files} files`);
  });

  itWithPython('gives back what is set, in every field of every object', async () => {
    const [count, wrong] = (await askPython(`
import MClientAPI
from _rollcall.entity import Entity, FLAG, ID, NAMES, PLAIN, TIME, Bits, Number
samples = {FLAG: [True, False], ID: [7, -1], NAMES: ["a,b", ""], PLAIN: ["text", 3, ["x"], {"y": 1}, None],
           TIME: [1764000000.123, 0.0]}
count, wrong = 0, []
for name in dir(MClientAPI):
    type_ = getattr(MClientAPI, name)
    if not (isinstance(type_, type) and issubclass(type_, Entity)):
        continue
    for field, (kind, _) in type_._fields.items():
        suffix = field[0].upper() + field[1:]
        entity = type_()
        getattr(entity, "get" + suffix)()
        values = list(kind.numbers.values()) if isinstance(kind, Number) else [0] if isinstance(kind, Bits) else samples[kind]
        for value in values:
            getattr(entity, "set" + suffix)(value)
            count += 1
            if getattr(entity, "get" + suffix)() != value:
                wrong.append([name, field, repr(value)])
print(json.dumps([count, wrong]))`)) as [number, unknown[]];

    assert.deepEqual(wrong, []);
    assert.ok(count > 500, `${count} values`);
  });

  itWithPython('lets nobody change an object from outside', async () => {
    const answer = await askPython(`
import MClientAPI
pools = ["a"]
pool = MClientAPI.MPool()
pool.setNodes(pools)
pools.append("b")
pool.getNodes().append("c")
print(json.dumps([pool.getNodes(), MClientAPI.MPool().getNodes()]))`);

    assert.deepEqual(answer, [['a'], []]);
  });

  itWithPython('has the names that scripts of Muster use', async () => {
    const answer = await askPython(`
import MClientAPI, MTemplateAPI, muster
job = MClientAPI.MJob()
job.setTemplateID(43); job.setMaximumNodes(2); job.setDepends("4, 5"); job.setIncludedPools(["a", "b"])
job.attributeSetFloat("eye", 1.5)
job.attributeSetString("end_frame", "12")
text = MClientAPI.MStringRef()
text.setString("out")
error = MTemplateAPI.MTemplateError(3, "why", MTemplateAPI.MTemplateError.kTemplateErrorTypeError)
print(json.dumps([job.getTemplateId(), job.getMaximumInstances(), job.getDependIds(), job.getIncludedPools(),
    job.attributeGetFloat("eye"), job.attributeGetString("end_frame"), job.attributeGetString("none"), job.getJobId(),
    job.getJobType() == MClientAPI.MJob.kJobTypeJob, text.getString(), error.getErrorCode(),
    MTemplateAPI.MTemplateError().getErrorCode(), muster.runningContext()]))`);

    assert.deepEqual(answer, [43, 2, [4, 5], 'a,b', 1.5, '12', '', -1, true, 'out', 3, 0, '']);
  });

  itWithPython('shows a set of names as the sum of their numbers', async () => {
    const answer = await askPython(`
from _rollcall.entity import Bits
bits = Bits({"first": 1, "second": 2, "third": 4})
print(json.dumps([bits.take(1 | 4), bits.show(["first", "third"]), bits.show(None)]))`);

    assert.deepEqual(answer, [['first', 'third'], 5, 0]);
  });

  itWithPython('leaves scripts that import everything only what is meant for them', async () => {
    const answer = await askPython(`
before = set(dir())
from MDispatcherAPI import *
from MClientAPI import *
names = set(dir()) - before
print(json.dumps([len([name for name in names if name[0].islower() and not name.startswith("k")]),
    sorted(name for name in names if name in ("run", "Operation", "Any", "Entity"))]))`);

    // "before" itself is one of them.
    assert.deepEqual(answer, [101, []]);
  });

  itWithPython('says that it runs in the context of the dispatcher where one is named', async () => {
    const answer = await askPython('import muster\nprint(json.dumps(muster.runningContext()))', {
      ROLLCALL_URL: 'http://127.0.0.1:9890',
    });

    assert.equal(answer, 'dispatcher');
  });

  itWithPython(
    'is installed by pip, without a network',
    async (t) => {
      const folder = mkdtempSync(join(tmpdir(), 'rollcall-python-'));
      t.after(() => rmSync(folder, { recursive: true, force: true }));
      // A build leaves files in the folder that it builds from.
      await cp(join(packageFolder, '..'), join(folder, 'python'), { recursive: true });
      const source = join(folder, 'python');
      const venv = join(folder, 'venv');
      const python = join(venv, 'bin', 'python');
      const options = ['--no-index', '--no-deps', '--quiet', '--disable-pip-version-check'];

      const built = await runProgram('python3', [
        ...['-m', 'pip', 'wheel', ...options, '--no-build-isolation', '--wheel-dir', folder, source],
      ]);
      await runProgram('python3', ['-m', 'venv', venv]);
      const installed = await runProgram(python, [
        ...['-m', 'pip', 'install', ...options, '--find-links', folder, 'rollcall'],
      ]);
      const used = await runProgram(python, [
        '-c',
        'import MDispatcherAPI, MClientAPI, MTemplateAPI, muster; print(MDispatcherAPI.jobGetList()[0].getErrorCode())',
      ]);

      assert.equal(built.code, 0, built.errors);
      assert.equal(installed.code, 0, installed.errors);
      assert.equal(used.output, '101\n', used.errors);
    },
    ['setuptools', 'wheel', 'pip', 'venv'],
  );
});
