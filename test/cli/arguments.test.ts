import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseAssignment } from '../../cli/src/arguments/assignment.ts';
import { parseChunkRanges } from '../../cli/src/arguments/chunkRanges.ts';
import { frameRange, parseFrames } from '../../cli/src/arguments/frames.ts';
import { parseFolder, parseIdList, parseNames } from '../../cli/src/arguments/ids.ts';
import { parseTemplate, templateNames } from '../../cli/src/arguments/template.ts';
import { parseTime } from '../../cli/src/arguments/time.ts';
import { templates } from '../../templates/index.ts';

describe('frames on the command line', () => {
  for (const [text, startFrame, endFrame, byFrame] of [
    ['1-48', 1, 48, 1],
    ['1-48x2', 1, 48, 2],
    ['7', 7, 7, 1],
    ['-5', -5, -5, 1],
    ['-10--1', -10, -1, 1],
    ['-5-5x5', -5, 5, 5],
    ['1-2x0.5', 1, 2, 0.5],
    ['0.5-1.5', 0.5, 1.5, 1],
  ] as const) {
    it(`are understood: ${text}`, () => {
      assert.deepEqual(parseFrames(text), { startFrame, endFrame, byFrame });
    });
  }

  for (const [text, hint] of [
    ['', /such as 1-48/],
    ['1-', /such as 1-48/],
    ['a-b', /such as 1-48/],
    ['1-5,9', /submit a job for each/],
    ['48-1', /--chunk-order backward/],
    ['1-48x0', /above 0/],
    ['1x2', /such as 1-48/],
  ] as const) {
    it(`are refused with a hint: "${text}"`, () => {
      assert.throws(() => parseFrames(text), hint);
    });
  }

  it('are written as they are read', () => {
    for (const text of ['1-48', '1-48x2', '7', '-10--1']) assert.equal(frameRange(parseFrames(text)), text);
  });
});

describe('chunks on the command line', () => {
  it('are single ones and ranges, in order and each once', () => {
    assert.deepEqual(parseChunkRanges('9,3-5,4'), [3, 4, 5, 9]);
  });

  for (const text of ['', '0', '3-', '-3', '3-7-9', 'x', '3,,4', '7-3', '1-10001']) {
    it(`are refused: "${text}"`, () => {
      assert.throws(() => parseChunkRanges(text), { code: 'commander.invalidArgument' });
    });
  }
});

describe('times on the command line', () => {
  const now = Date.UTC(2026, 0, 31, 12, 0);

  it('are relative, ISO 8601 or now', () => {
    assert.equal(parseTime('+90min', now), '2026-01-31T13:30:00.000Z');
    assert.equal(parseTime('+2h', now), '2026-01-31T14:00:00.000Z');
    assert.equal(parseTime('2026-02-01T08:00:00Z', now), '2026-02-01T08:00:00.000Z');
    assert.equal(parseTime('now', now), null);
  });

  it('are local without an offset', () => {
    assert.equal(parseTime('2026-02-01 08:00', now), new Date(2026, 1, 1, 8, 0).toISOString());
    assert.equal(parseTime('2026-02-01', now), new Date(2026, 1, 1).toISOString());
  });

  it('mean today or else tomorrow as times of day', () => {
    const noon = new Date(2026, 0, 31, 12, 0).getTime();

    assert.equal(parseTime('18:30', noon), new Date(2026, 0, 31, 18, 30).toISOString());
    assert.equal(parseTime('11:30', noon), new Date(2026, 1, 1, 11, 30).toISOString());
    assert.equal(parseTime('12:00', noon), new Date(2026, 1, 1, 12, 0).toISOString());
  });

  for (const text of ['', 'soon', '25:00', '+3', '12', '2026-13-01']) {
    it(`are refused: "${text}"`, () => {
      assert.throws(() => parseTime(text, now), { code: 'commander.invalidArgument' });
    });
  }
});

describe('other arguments', () => {
  it('collect assignments, the last of a name counts, further equals signs belong to the value', () => {
    const first = parseAssignment('A=1', undefined);

    assert.deepEqual(parseAssignment('A=2', parseAssignment('B=x=y', first)), { A: '2', B: 'x=y' });
    assert.throws(() => parseAssignment('=1', undefined), /NAME=value/);
  });

  it('name templates or number them', () => {
    assert.equal(parseTemplate('tracer'), 900);
    for (const { name, id } of templates) assert.equal(parseTemplate(name), id);
    assert.deepEqual([...templateNames].sort(), templates.map(({ name }) => name).sort());
    assert.equal(parseTemplate('43'), 43);
    assert.throws(() => parseTemplate('paint'), /command \(43\), ffmpeg \(48\), tracer \(900\), povray/);
    assert.throws(() => parseTemplate('constructor'), /command \(43\)/);
  });

  it('list names and ids; an empty text is an empty list', () => {
    assert.deepEqual(parseNames('gpu, night,'), ['gpu', 'night']);
    assert.deepEqual(parseNames(''), []);
    assert.deepEqual(parseIdList('12,13'), [12, 13]);
    assert.throws(() => parseIdList('12,x'), /id/);
  });

  it('call the top of the tree root', () => {
    assert.equal(parseFolder('root'), -1);
    assert.equal(parseFolder('3'), 3);
  });
});
