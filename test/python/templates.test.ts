/** Templates written in Python: what describes them, and what their functions are given. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'node:test';
import { aFolder } from '../support/folders.ts';
import { type TemplateParts, toonFile, writeTemplate } from '../support/pythonTemplates.ts';
import { askPython, itWithPython, packageFolder, runProgram } from './runPython.ts';

const describeFile = (file: string) =>
  runProgram('python3', ['-m', '_rollcall.describe', file], { PYTHONPATH: packageFolder });

/** What a function of a template makes of a job; the fields of the request that a case does not care about are filled in. */
const callHook = (file: string, hook: string, fields: object = {}): Promise<unknown> =>
  askPython(
    `
from _rollcall.renderHooks import HookError, call
request = json.loads(${JSON.stringify(
      JSON.stringify({
        hook,
        file,
        name: 'studio.py',
        job: { id: 7, name: 'shot 010', templateId: 1_107, attributes: {}, environment: {} },
        chunk: { jobId: 7, chunkId: 3, startFrame: 5, endFrame: 8 },
        platform: 'linux',
        preferences: {},
        instance: 2,
        environment: { PATH: '/bin' },
        ...fields,
      }),
    )})
try:
    print(json.dumps(call(request)))
except HookError as error:
    print(json.dumps({"error": str(error)}))`,
  );

const toonJob = {
  id: 7,
  name: 'shot 010',
  templateId: 1_107,
  environment: {},
  attributes: {
    job_file: { value: '/jobs/shot 010.toon', state: true, subst: true },
    TOONLINES: { value: 9, state: false, subst: false },
    ADD_FLAGS: { value: '--fast', state: true, subst: false },
  },
};

describe('the description of a template', () => {
  itWithPython('tells what the file declares, without calling its functions', async () => {
    const { output, code } = await describeFile(toonFile);

    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(output), {
      template: {
        id: 1_107,
        name: 'Toon',
        description: 'Renders cartoons',
        file: 'toon.py',
        fields: [
          { name: 'job_file', label: 'The scene to render', kind: 'file', required: false },
          { name: 'TOONLINES', label: 'Width of the lines', kind: 'integer', required: false, default: 2 },
          { name: 'ink', label: 'Colour of the ink', kind: 'string', required: false },
          { name: 'output_folder', label: 'Where frames go', kind: 'folder', required: false },
        ],
        packetTypes: ['multiframe'],
        wholeFrames: true,
        platforms: ['linux', 'darwin'],
        hooks: [
          'onBuildEnvironment',
          'onGetApplicationPath',
          'onGetApplicationStartingFolder',
          'onBuildCommandLine',
          'onCheckLog',
          'onCheckExitCode',
        ],
        dispatcherHooks: ['onJobEnd'],
        jobDefaults: { priority: 1 },
        limits: [{ name: 'toon-licences', maximum: 3 }],
      },
      notes: [],
    });
  });

  itWithPython(
    'is not disturbed by what the file prints, and says which of its calls have no effect',
    async (t) => {
      const file = writeTemplate(aFolder(t), {
        setUp: `
print("loading")
self.setFancyIcon("toon.png")
self.setDelay(2.5)
self.setDelayGroup("arnold")
self.setDefaultPriority(70)
self.setDefaultPools("fast, new")
self.setDefaultExcludedPools([])
self.addSubmissionItem(MTemplateAPI.MTemplateItemCheckBox("DRAFT", "Draft", "Quick", "", 0, 0, 1))
self.platformLinux.setDetectionLogic(MTemplateAPI.kProcessChildren)`,
        functions: 'def onGetWindowsBatFile(self):\n    return ""',
      });

      const { output } = await describeFile(file);
      const { template, notes } = JSON.parse(output);

      assert.deepEqual(template.platforms, ['linux', 'darwin', 'win32']);
      assert.equal(template.fields[0].kind, 'string');
      assert.deepEqual(template.startDelay, { group: 'arnold', seconds: 2.5 });
      assert.deepEqual(template.jobDefaults, { priority: 70, includedPools: ['fast', 'new'] });
      assert.deepEqual(notes, ['onGetWindowsBatFile is not called', 'setFancyIcon has no effect']);
    },
  );

  const mistakes: readonly [string, string | TemplateParts, string][] = [
    ['is no Python', 'class Broken(:\n', 'studio.py cannot be loaded: line 1: SyntaxError: invalid syntax'],
    [
      'installs nothing',
      'import MTemplateAPI\n',
      'studio.py installs no template: end it with MTemplateAPI.MManager.getUniqueClass().installPyTemplate(…)',
    ],
    [
      'asks for what there is not',
      { setUp: 'self.getFancyIcon()' },
      "studio.py cannot be loaded: line 16: AttributeError: 'Studio' object has no attribute 'getFancyIcon'",
    ],
    [
      'ends the process',
      'import sys\nsys.exit(0)\n',
      'studio.py ends the process (sys.exit) when it is loaded',
    ],
    [
      'cuts jobs in a way that there is not',
      { setUp: 'self.setTemplateLogic(9)' },
      'studio.py: its logic is 9; it must be kTemplateMultiframe, kTemplateImageSlices, kTemplateBroadcast or kTemplateTargetHost',
    ],
    [
      'forgets the base class',
      'import MTemplateAPI\nclass T(MTemplateAPI.MTemplate):\n    def __init__(self):\n        pass\nMTemplateAPI.MManager.getUniqueClass().installPyTemplate(T())\n',
      'studio.py cannot be loaded: line 5: TypeError: the constructor of T must call MTemplate.__init__(self)',
    ],
  ];
  for (const [mistake, content, message] of mistakes) {
    itWithPython(`says of a file that ${mistake} where and why`, async (t) => {
      const folder = aFolder(t);
      const file = join(folder, 'studio.py');
      if (typeof content === 'string') writeFileSync(file, content);
      else writeTemplate(folder, content);

      const { code, output, errors } = await describeFile(file);

      assert.deepEqual([code, output, errors], [1, '', `${message}\n`]);
    });
  }
});

describe("a template's functions on a render node", () => {
  itWithPython('build a command line from fields, mappings, defaults and the chunk', async () => {
    const words = await callHook(toonFile, 'onBuildCommandLine', { job: toonJob });

    // The attribute TOONLINES is inactive: its field has its default.
    assert.deepEqual(words, [
      ...['--frames', '5-8', '--lines', '2', '--scene', '/jobs/shot 010.toon', '--fast'],
    ]);
  });

  itWithPython(
    "take the machine's preferences where it has some, else the defaults of its platform",
    async () => {
      const ask = (hook: string, preferences: object) => callHook(toonFile, hook, { preferences });

      const answers = [
        await ask('onGetApplicationPath', {}),
        await ask('onGetApplicationPath', { TOONAPP: '/usr/local/bin/toon' }),
        await ask('onGetApplicationStartingFolder', {}),
        await callHook(toonFile, 'onGetApplicationPath', { platform: 'win32' }),
      ];

      assert.deepEqual(answers, [
        '/opt/toon/bin/toon',
        '/usr/local/bin/toon',
        '/opt/toon',
        { error: 'the template is not enabled for win32' },
      ]);
    },
  );

  itWithPython(
    'change the environment that they are given, in which inline Python of the job is carried out',
    async () => {
      const job = {
        ...toonJob,
        environment: {
          OUT: '/out/<%= job.getName() %>/<% muster.expressionPrint("%04d" % chunk.getStartFrame()) %>',
          SHARE: '\\\\server\\share',
        },
      };

      const environment = await callHook(toonFile, 'onBuildEnvironment', {
        job,
        environment: { PATH: '/bin', MUSTER_JOB_ID: '12', OUT: 'not carried out', SHARE: '' },
      });

      assert.deepEqual(environment, {
        PATH: '/bin',
        MUSTER_JOB_ID: '12',
        OUT: '/out/shot 010/0005',
        SHARE: '\\\\server\\share',
        TOON_LICENSE: '5053@licences',
      });
    },
  );

  itWithPython('judge the log and the exit code, with the actions that an error asks for', async () => {
    const answers = [
      await callHook(toonFile, 'onCheckLog', { log: 'frame 5 done' }),
      await callHook(toonFile, 'onCheckLog', { log: 'frame 5: out of ink' }),
      await callHook(toonFile, 'onCheckExitCode', { exitCode: 42 }),
      await callHook(toonFile, 'onCheckExitCode', { exitCode: 3 }),
    ];

    assert.deepEqual(answers, [
      null,
      { isWarning: false, text: 'The ink ran out', aborts: true },
      null,
      { isWarning: false, text: 'Toon ended with 3', aborts: false },
    ]);
  });

  itWithPython('find the mappings of their own edition, whichever was asked before', async (t) => {
    const folder = aFolder(t);
    const [older, newer] = ['older', 'newer'].map((attribute) =>
      writeTemplate(
        folder,
        {
          setUp: `self.addMapping("FILE", "${attribute}")`,
          functions: `
def onGetApplicationPath(self, job, clientTemplatePreferences, pathOut):
    manager = MTemplateAPI.MManager.getUniqueClass()
    pathOut.setString(manager.resolveMappingToJob(self.getID(), "FILE"))`,
        },
        `${attribute}.py`,
      ),
    );
    const answer = await askPython(`
from _rollcall.renderHooks import call
def ask(file):
    return call({"hook": "onGetApplicationPath", "file": file, "name": "studio.py", "job": {"attributes": {}},
        "chunk": {}, "platform": "linux", "preferences": {}, "instance": 0})
print(json.dumps([ask(file) for file in ${JSON.stringify([older, newer, older])}]))`);

    assert.deepEqual(answer, ['older', 'newer', 'older']);
  });

  itWithPython(
    'run as a renderclient, where the functions of the dispatcher answer with an error',
    async (t) => {
      const file = writeTemplate(aFolder(t), {
        functions: `
def onBuildCommandLine(self, platform, job, chunk, clientTemplatePreferences, instanceNum):
    if muster.runningContext() == "renderclient":
        import MInstanceAPI
    import MDispatcherAPI
    err, jobs = MDispatcherAPI.jobGetList()
    return "%s %s %d %d %d" % (muster.runningContext(), platform, instanceNum,
        err.getErrorCode(), MInstanceAPI.getRunningInstances())`,
      });
      const answer = await askPython(`
from _rollcall import context
from _rollcall.renderHooks import call
context.runsIn = "renderclient"
print(json.dumps(call({"hook": "onBuildCommandLine", "file": ${JSON.stringify(file)}, "name": "studio.py", "job":
    {"attributes": {}}, "chunk": {}, "platform": "linux", "preferences": {}, "instance": 2})))`);

      assert.deepEqual(answer, ['renderclient', 'linux', '2', '101', '1']);
    },
  );

  itWithPython('that do not do what they are for are told with their line', async (t) => {
    const file = writeTemplate(aFolder(t), {
      functions: `
def onGetApplicationPath(self, job, clientTemplatePreferences, pathOut):
    pathOut.setString(clientTemplatePreferences["APP"])

def onGetApplicationStartingFolder(self, job, clientTemplatePreferences, pathOut):
    return MTemplateError(4, "no folder for this show")

def onBuildCommandLine(self, platform, job, chunk, clientTemplatePreferences, instanceNum):
    return job.attributeGetString("ADD_FLAGS") or None

def onCheckLog(self, job, chunk, clientTemplatePreferences, log):
    sys.exit(0)`,
    });
    const job = { ...toonJob, attributes: { ADD_FLAGS: { value: '"open' } } };

    const answers = [
      await callHook(file, 'onGetApplicationPath'),
      await callHook(file, 'onGetApplicationStartingFolder'),
      await callHook(file, 'onBuildCommandLine'),
      await callHook(file, 'onBuildCommandLine', { job }),
      await callHook(file, 'onCheckLog', { log: '' }),
    ].map((answer) => (answer as { error: string }).error);

    assert.deepEqual(answers, [
      "line 19: KeyError: 'APP'",
      'no folder for this show',
      'it must return a text; it returned None',
      'its command line "open cannot be split: No closing quotation',
      'it ends the process (sys.exit)',
    ]);
  });

  itWithPython('of onClientIdling are given as many arguments as they take', async (t) => {
    const folder = aFolder(t);
    const without = writeTemplate(folder, {
      functions: 'def onClientIdling(self):\n    raise ValueError("called")',
    });
    const withOne = writeTemplate(
      folder,
      { functions: 'def onClientIdling(self, preferences):\n    raise ValueError(preferences["A"])' },
      'other.py',
    );

    const idle = { chunk: null, preferences: { A: 'b' } };
    const answers = [
      await callHook(without, 'onClientIdling', idle),
      await callHook(withOne, 'onClientIdling', idle),
    ];

    assert.deepEqual(answers, [
      { error: 'line 19: ValueError: called' },
      { error: 'line 19: ValueError: b' },
    ]);
  });
});

describe('an inline expression', () => {
  const expand = (text: string): Promise<unknown> =>
    askPython(`
import MClientAPI
from _rollcall.expressions import ExpressionError, expand
job = MClientAPI.MJob()
job.setName("shot 010")
try:
    print(json.dumps(expand(json.loads(${JSON.stringify(JSON.stringify(text))}), job, None)))
except ExpressionError as error:
    print(json.dumps({"error": str(error)}))`);

  itWithPython('is its value; statements are what they print; they share their variables', async () => {
    assert.equal(await expand('plain'), 'plain');
    assert.equal(await expand('<%= 1 + 1 %>/<%=job.getName()%>'), '2/shot 010');
    assert.equal(
      await expand('<% n = 3\nfor i in range(n):\n    muster.expressionPrint(i) %>-<%= n %>-<%= chunk %>'),
      '012-3-None',
    );
  });

  itWithPython(
    'is none where a backslash stands before it, and only before characters that mean something',
    async () => {
      assert.equal(
        await expand('\\<%= 1 %\\> a\\;b C:\\temp\\\\x <%= 7 \\% 4 %>'),
        '<%= 1 %> a;b C:\\temp\\x 3',
      );
    },
  );

  itWithPython('that fails, or has no end, is told', async () => {
    assert.deepEqual(await expand('a<%= missing %>'), {
      error: "<%= missing %> failed: NameError: name 'missing' is not defined",
    });
    assert.deepEqual(await expand('a<%= 1'), { error: '<%= 1 has no %> that ends it' });
  });
});

describe('a command line in one text', () => {
  const split = (text: string, platform: string): Promise<unknown> =>
    askPython(`
from _rollcall.commandLine import split
print(json.dumps(split(json.loads(${JSON.stringify(JSON.stringify(text))}), ${JSON.stringify(platform)})))`);

  itWithPython('is split as a POSIX shell splits, without its variables and wildcards', async () => {
    assert.deepEqual(await split(`-a "b \\"c\\" $HOME" 'd\\ e' f\\ g * # h ''`, 'linux'), [
      ...['-a', 'b "c" $HOME', 'd\\ e', 'f g', '*', '#', 'h', ''],
    ]);
  });

  itWithPython('is split on Windows by the rules of its C library', async () => {
    assert.deepEqual(await split(`-f "C:\\my jobs\\a.ma" D:\\out\\ "a\\\\" b\\"c 'd e' "x""y" ""`, 'win32'), [
      ...['-f', 'C:\\my jobs\\a.ma', 'D:\\out\\', 'a\\', 'b"c', "'d", "e'", 'x"y', ''],
    ]);
  });
});
