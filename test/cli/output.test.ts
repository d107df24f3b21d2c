import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { groupByRule, withCommand } from '../../cli/src/explanation.ts';
import { bar } from '../../cli/src/output/bar.ts';
import { chunkMap } from '../../cli/src/output/chunkMap.ts';
import { duration, percent, shortTime } from '../../cli/src/output/format.ts';
import { logForTerminal } from '../../cli/src/output/logText.ts';
import { printable, safeJson } from '../../cli/src/output/printable.ts';
import type { Paint } from '../../cli/src/output/screen.ts';
import { type Column, table } from '../../cli/src/output/table.ts';
import { treeOf } from '../../cli/src/output/tree.ts';
import { shorten, textWidth } from '../../cli/src/output/width.ts';

const colourless: Paint = (_, text) => text;
const ESC = '\u{1B}';

describe('text of other people', () => {
  it('loses everything that could act on a terminal', () => {
    assert.equal(printable(`a${ESC}[2Jb\u{7}c\u{9B}31md\u{202E}e\u{7F}`), 'a␛[2Jb␇c�31md�e␡');
    assert.equal(printable('two\r\nlines\tand \u{2028}more'), 'two lines and  more');
    assert.equal(printable('日本 🎬 é'), '日本 🎬 é');
  });

  it('is escaped in JSON and means the same', () => {
    const value = { name: `a${ESC}\u{9B}\u{202E}\u{7F}`, list: [1] };

    const text = safeJson(value, 2);

    assert.doesNotMatch(text, /(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
    assert.deepEqual(JSON.parse(text), value);
  });

  it('is measured and cut as terminals draw it', () => {
    assert.equal(textWidth('日本 🎬 é'), 9);
    assert.equal(textWidth('e\u{301}'), 1);
    assert.equal(shorten('日本語', 4), '日…');
    assert.equal(shorten('abc', 3), 'abc');
    assert.equal(shorten('abcd', 3), 'ab…');
  });
});

describe('logs in a terminal', () => {
  it('keep lines and colours and lose the rest', () => {
    const log = `${ESC}[31mred${ESC}[0m\r\n10 %\r20 %\r${ESC}[2J${ESC}]0;title\u{7}end`;

    assert.equal(logForTerminal(log), `${ESC}[31mred${ESC}[0m\n10 %\n20 %\n␛[2J␛]0;title␇end${ESC}[0m\n`);
    assert.equal(logForTerminal('a\tb\n'), 'a\tb\n');
    assert.equal(logForTerminal(''), '');
  });
});

describe('numbers for people', () => {
  it('are durations in two units', () => {
    assert.deepEqual([0.2, 1, 59.6, 60, 252, 3_600, 4_320, 86_399, 90_000].map(duration), [
      '<1 s',
      '1 s',
      '1 min',
      '1 min',
      '4 min 12 s',
      '1 h',
      '1 h 12 min',
      '23 h 59 min',
      '1 d 1 h',
    ]);
  });

  it('are times without what is clear', () => {
    const now = new Date(2026, 5, 15, 12, 0).getTime();
    const at = (...parts: [number, number, number, number]): string => new Date(...parts).toISOString();

    assert.equal(shortTime(at(2026, 5, 15, 9), now), '09:00');
    assert.equal(shortTime(at(2026, 5, 1, 9), now), '1 Jun 09:00');
    assert.equal(shortTime(at(2025, 5, 1, 9), now), '1 Jun 2025');
  });

  it('never say 100 % too early', () => {
    assert.equal(percent(0.999), '99 %');
    assert.equal(percent(1), '100 %');
  });
});

describe('a bar', () => {
  const drawn = (completed: number, warning: number, failed: number, running: number): string =>
    bar({ chunkCount: 100, runningCount: running, counts: { queued: 0, completed, warning, failed } }, 10)
      .map(({ text }) => text)
      .join('');

  it('has a character for each kind and is as long as asked for', () => {
    assert.equal(drawn(30, 10, 20, 20), '████▒▒▓▓░░');
    assert.equal(drawn(0, 0, 0, 0), '░░░░░░░░░░');
    assert.equal(drawn(99, 0, 0, 0), '█████████░');
    assert.equal(drawn(100, 0, 0, 0), '██████████');
  });
});

describe('a table', () => {
  interface Row {
    readonly id: number;
    readonly name: string;
    readonly owner: string;
  }
  const columns: Column<Row>[] = [
    { title: 'ID', align: 'right', cell: ({ id }) => String(id) },
    { title: 'NAME', shrinksTo: 6, cell: ({ name }) => name },
    { title: 'EMPTY', cell: () => '' },
    { title: 'OWNER', rank: 1, cell: ({ owner }) => owner },
  ];
  const rows: Row[] = [
    { id: 1, name: 'short', owner: 'anna' },
    { id: 12, name: '日本語の名前', owner: `e${ESC}vil` },
  ];

  it('aligns its columns, leaves out empty ones and lets no control character through', () => {
    assert.deepEqual(table(rows, columns, Number.POSITIVE_INFINITY, colourless), [
      'ID  NAME          OWNER',
      ' 1  short         anna',
      '12  日本語の名前  e␛vil',
    ]);
  });

  it('shortens before it leaves out', () => {
    assert.deepEqual(table(rows, columns, 19, colourless), [
      'ID  NAME      OWNER',
      ' 1  short     anna',
      '12  日本語…   e␛vil',
    ]);
    assert.deepEqual(table(rows, columns, 12, colourless), ['ID  NAME', ' 1  short', '12  日本語…']);
  });
});

describe('the tree of the queue', () => {
  const guides = (entries: { id: number; parentId: number }[]): string[] =>
    treeOf(entries).map(({ entry, guide }) => `${guide}${entry.id}`);

  it('puts entries below their folders with guides', () => {
    const entries = [
      { id: 1, parentId: -1 },
      { id: 2, parentId: 1 },
      { id: 3, parentId: -1 },
      { id: 4, parentId: 2 },
      { id: 5, parentId: 1 },
    ];

    assert.deepEqual(guides(entries), ['1', '├─ 2', '│  └─ 4', '└─ 5', '3']);
  });

  it('shows at the top what lies in a folder that is not there', () => {
    assert.deepEqual(guides([{ id: 7, parentId: 99 }]), ['7']);
  });
});

describe('the map of chunks', () => {
  it('has one character a chunk in groups of ten, numbers, and what they mean', () => {
    const chunks = Array.from({ length: 25 }, (_, index) => ({
      chunkId: index + 1,
      status: index < 12 ? ('completed' as const) : index === 12 ? ('failed' as const) : ('queued' as const),
    }));

    assert.deepEqual(chunkMap(chunks, 30, colourless), [
      ' 1 ██████████ ██✗·······',
      '21 ·····',
      '',
      '· 12 queued   █ 12 completed   ✗ 1 failed',
    ]);
  });
});

describe('an explanation', () => {
  it('groups nodes by rule: free ones first, then the largest group; chunks of one job are one group', () => {
    const rules = ['is offline', 'works on chunk 3 of job 9', null, 'works on chunk 4 of job 9'];
    const nodes = rules.map((rule, index) => ({ nodeId: index + 1, name: `n${index + 1}`, rule }));

    assert.deepEqual(groupByRule(nodes), [
      { rule: null, names: ['n3'] },
      { rule: 'works on job 9', names: ['n2', 'n4'] },
      { rule: 'is offline', names: ['n1'] },
    ]);
  });

  it('names the command that lifts a rule', () => {
    assert.equal(
      withCommand('the job is paused; jobEdit with paused = false resumes it', '9'),
      'the job is paused (rollcall resume 9)',
    );
    assert.equal(
      withCommand('is excluded from the job after failures; nodePurgeJobsExclusions lifts it', 'NODE', '9'),
      'is excluded from the job after failures (rollcall nodes readmit NODE --job 9)',
    );
    assert.equal(
      withCommand('every chunk is handed out; those that run must end', '9'),
      'every chunk is handed out; those that run must end',
    );
  });
});
