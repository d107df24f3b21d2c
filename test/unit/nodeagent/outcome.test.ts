import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { decideOutcome, type Ending } from '../../../nodeagent/src/runner/outcome.ts';
import { anOrder, type OrderFields } from './orders.ts';

const normal: Ending = {
  stopped: undefined,
  hindrance: undefined,
  exitCode: 0,
  signal: null,
  firstError: undefined,
  firstWarning: undefined,
  shortage: undefined,
  lastLine: '',
};
const checks: OrderFields['checks'] = {
  validExitCodes: [0, 10, 12],
  warningExitCodes: [11, 13],
  errorExitCodes: [12, 13],
};

const cases: readonly [string, Partial<Ending>, OrderFields['checks'], string, string][] = [
  ['a valid exit code', { exitCode: 0 }, {}, 'completed', ''],
  ['another valid exit code', { exitCode: 10 }, {}, 'completed', ''],
  ['a warning exit code', { exitCode: 11, lastLine: 'hm' }, {}, 'warning', 'exit code 11; last line: hm'],
  ['an exit code that is valid and an error', { exitCode: 12 }, {}, 'failed', 'exit code 12'],
  ['an exit code that is a warning and an error', { exitCode: 13 }, {}, 'failed', 'exit code 13'],
  [
    'an exit code that nobody named',
    { exitCode: 1, lastLine: 'boom' },
    {},
    'failed',
    'exit code 1; last line: boom',
  ],
  ['any exit code where none is checked', { exitCode: 1 }, { checksExitCode: false }, 'completed', ''],
  [
    'an error line where no exit code is checked',
    { exitCode: 1, firstError: 'E' },
    { checksExitCode: false },
    'failed',
    'E',
  ],
  [
    'a signal where no exit code is checked',
    { exitCode: null, signal: 'SIGSEGV' },
    { checksExitCode: false },
    'failed',
    'was ended by SIGSEGV',
  ],
  [
    'an error line with a valid exit code',
    { firstError: 'Error: no licence' },
    {},
    'failed',
    'Error: no licence',
  ],
  ['an error line with a bad exit code', { exitCode: 1, firstError: 'Error: x' }, {}, 'failed', 'Error: x'],
  ['a warning line', { firstWarning: 'Warning: slow' }, {}, 'warning', 'Warning: slow'],
  ['a warning line with a bad exit code', { exitCode: 1, firstWarning: 'W' }, {}, 'failed', 'exit code 1'],
  ['error and warning lines', { firstError: 'E', firstWarning: 'W' }, {}, 'failed', 'E'],
  ['no licence', { exitCode: 100, shortage: 'none left' }, {}, 'interrupted', 'got no licence: none left'],
  [
    'no licence and a valid exit code',
    { shortage: 'none left' },
    {},
    'interrupted',
    'got no licence: none left',
  ],
  [
    'a stop while it had no licence',
    { stopped: 'interrupted', shortage: 'none left' },
    {},
    'interrupted',
    'the node was told to stop',
  ],
  ['a hindrance', { exitCode: null, hindrance: 'no program' }, {}, 'failed', 'no program'],
  [
    'a time-out',
    { exitCode: null, signal: 'SIGTERM', stopped: 'timed-out' },
    {},
    'timed-out',
    'did not end within 60 seconds',
  ],
  [
    'a time-out after an error line',
    { exitCode: 0, stopped: 'timed-out', firstError: 'E' },
    {},
    'timed-out',
    'did not end within 60 seconds',
  ],
  [
    'a stop',
    { exitCode: null, signal: 'SIGKILL', stopped: 'interrupted' },
    {},
    'interrupted',
    'the node was told to stop',
  ],
];

suite('the outcome', () => {
  for (const [what, ending, extra, outcome, message] of cases) {
    test(`of ${what} is ${outcome}`, () => {
      const order = anOrder({ timeoutSeconds: 60, checks: { ...checks, ...extra } });

      const result = decideOutcome(order, { ...normal, ...ending });

      assert.equal(result.outcome, outcome);
      assert.equal(result.message, message);
      assert.equal(result.lacksLicence ?? false, message.startsWith('got no licence'));
      assert.equal(result.exitCode, ending.exitCode === undefined ? 0 : ending.exitCode);
    });
  }

  test('is told in 512 characters without colours and control characters', () => {
    const firstError = `\u001b[31mError:\u0007\t${'🦊'.repeat(400)}`;

    const { message } = decideOutcome(anOrder(), { ...normal, firstError });

    assert.match(message, /^Error: 🦊/);
    assert.ok(message.length <= 512);
    assert.ok(message.isWellFormed());
  });
});
