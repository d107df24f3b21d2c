import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { BoundedText } from '../../../nodeagent/src/runner/boundedText.ts';
import { LineCutter } from '../../../nodeagent/src/runner/lines.ts';
import { OutputWatch, PatternError } from '../../../nodeagent/src/runner/outputWatch.ts';
import { anOrder, type OrderFields } from './orders.ts';

function cut(...parts: (string | Buffer)[]): string[] {
  const cutter = new LineCutter();
  const lines = parts.flatMap((part) => cutter.cut(Buffer.from(part)));
  return [...lines, ...cutter.end()].map(({ text }) => text);
}

suite('output is cut into lines', () => {
  test('at every kind of line end', () => {
    assert.deepEqual(cut('a\nb\r\nc\rd\n\ne'), ['a', 'b', 'c', 'd', '', 'e']);
  });

  test('also when it comes in parts', () => {
    assert.deepEqual(cut('a', 'b\r', '\nc', '\r', 'd', '\n'), ['ab', 'c', 'd']);
  });

  test('with characters that come in two parts', () => {
    const bytes = Buffer.from('grün\n');

    assert.deepEqual(cut(bytes.subarray(0, 3), bytes.subarray(3)), ['grün']);
  });

  test('with a replacement for bytes that are no UTF-8', () => {
    assert.deepEqual(cut(Buffer.from([0x67, 0xfc, 0x0a])), ['g\ufffd']);
  });

  test('with pieces of a line that does not end', () => {
    const cutter = new LineCutter();

    const lines = cutter.cut(Buffer.from(`${'x'.repeat(40_000)}\nnext\n`));

    assert.deepEqual(
      lines.map(({ text, isContinued }) => [text.length, isContinued]),
      [
        [16_384, false],
        [16_384, true],
        [7_232, true],
        [4, false],
      ],
    );
  });
});

const watch = (checks: OrderFields['checks']): OutputWatch => new OutputWatch(anOrder({ checks }).checks);
const lines = (...texts: string[]) => texts.map((text) => ({ text, isContinued: false }));

suite('progress', () => {
  for (const [pattern, line, progress] of [
    ['(\\d+)%', 'at 42%', 0.42],
    ['([\\d.,]+)%', '12,5%', 0.125],
    ['(\\d+)/(\\d+)', 'frame 3/4', 0.75],
    ['(\\d+)%', '250%', 1],
    ['(-?\\d+)%', '-5%', 0],
    ['(\\d+)/(\\d+)', '0/0', 0.5],
    ['(\\w+)%', 'some%', 0.5],
    ['%', '10%', 0.5],
  ] as const) {
    test(`of "${line}" by ${pattern} is ${progress}, after a half`, () => {
      const output = watch({ progressPattern: pattern });
      output.progress = 0.5;

      output.look(lines(line));

      assert.equal(output.progress, progress);
    });
  }
});

suite('patterns', () => {
  test('find the first error, the first warning and the first shortage', () => {
    const output = watch({
      errorPatterns: ['^Error', 'FATAL'],
      licencePatterns: ['LICENSE'],
      warningPatterns: ['^Warning'],
    });

    output.look(
      lines('fine', 'Warning: 1', 'so FATAL', 'no LICENSE', 'Error: 2', 'LICENSE', 'Warning: 2', ''),
    );

    assert.equal(output.firstShortage, 'no LICENSE');

    assert.equal(output.firstError, 'so FATAL');
    assert.equal(output.firstWarning, 'Warning: 1');
    assert.equal(output.lastLine, 'Warning: 2');
  });

  test('see the first 4 KB of a line and none of its further pieces', () => {
    const output = watch({ errorPatterns: ['ERROR'] });

    output.look([
      { text: `${'x'.repeat(4_096)}ERROR`, isContinued: false },
      { text: 'ERROR', isContinued: true },
    ]);

    assert.equal(output.firstError, undefined);
  });

  test('that are no regular expression are refused with the reason', () => {
    assert.throws(
      () => watch({ warningPatterns: ['[z-a]'] }),
      (error) => error instanceof PatternError && /warning pattern .* out of order/.test(error.message),
    );
  });

  test('that take for ever are given up, and the others go on with the same line', () => {
    const output = watch({
      progressPattern: '(x+x+)+y',
      errorPatterns: ['xxx$'],
      warningPatterns: ['^(([a-z])+.)+[A-Z]([a-z])+$'],
    });

    const notices = output.look(lines('x'.repeat(4_000), 'next'));

    assert.equal(notices.length, 2);
    assert.match(notices[0] ?? '', /^the progress pattern .* takes too long/);
    assert.equal(output.firstError, 'x'.repeat(4_000));
    assert.match(output.firstWarning ?? '', /^the warning pattern .* takes too long/);
    assert.equal(output.lastLine, 'next');
  });

  test('that look dangerous and are not go through all lines', () => {
    const output = watch({ errorPatterns: ['^(a|b)*$'], warningPatterns: ['.*.*=.*'] });

    const notices = output.look(lines(...Array.from({ length: 2_000 }, () => `${'ab'.repeat(50)}c`)));

    assert.deepEqual(notices, []);
    assert.equal(output.firstError, undefined);
  });
});

suite('bounded text', () => {
  test('gives back any part of what it keeps, by the characters before it', () => {
    const text = new BoundedText();
    for (let line = 0; line < 200_000; line += 1) text.append(`line ${String(line).padStart(6, '0')} grün\n`);
    const at = (line: number): number => line * 17;

    assert.equal(text.length, at(200_000));
    assert.deepEqual(text.part(0, 34), { offset: 0, text: 'line 000000 grün\nline 000001 grün\n' });
    assert.deepEqual(text.part(at(10) + 5, 6), { offset: at(10) + 5, text: '000010' });
    assert.deepEqual(text.part(at(199_998) + 12, 100), {
      offset: at(199_998) + 12,
      text: 'grün\nline 199999 grün\n',
    });
    assert.deepEqual(text.part(at(200_000), 100), { offset: at(200_000), text: '' });
  });

  test('gives back a later part when the one that is asked for was dropped', () => {
    const text = new BoundedText();
    for (let line = 0; line < 1_000_000; line += 1) text.append(`line ${String(line).padStart(6, '0')}\n`);

    const { offset, text: part } = text.part(3_000_000, 12);

    assert.ok(offset > 3_000_000 && offset % 12 === 0, String(offset));
    assert.equal(part, `line ${String(offset / 12).padStart(6, '0')}\n`);
  });

  test('gives back a part that joins the next one, also across its blocks', () => {
    const text = new BoundedText();
    let whole = '';
    for (let line = 0; line < 80_000; line += 1) {
      whole += `line ${line}\n`;
      text.append(`line ${line}\n`);
    }

    let joined = '';
    while (joined.length < whole.length) joined += text.part(joined.length, 16_384).text;

    assert.ok(joined === whole);
  });

  test('halves no character at the end of a part', () => {
    const text = new BoundedText();
    text.append('a🙂b\n');

    assert.deepEqual(text.part(0, 2), { offset: 0, text: 'a' });
    assert.deepEqual(text.part(1, 2), { offset: 1, text: '🙂' });
  });

  test('keeps all of a short output', () => {
    const text = new BoundedText();

    text.append('one\n');
    text.append('two\n');

    assert.equal(text.text, 'one\ntwo\n');
  });

  test('keeps the first 512 KB and the last 3.5 MB and counts what lies between', () => {
    const text = new BoundedText();
    const line = (number: number): string => `${String(number).padStart(9, '0')}\n`;

    for (let number = 0; number < 1_000_000; number += 1) text.append(line(number));

    const [head = '', tail = ''] = text.text.split(/\[rollcall\] \d+ bytes of output dropped here\n/);
    const dropped = Number(/\[rollcall\] (\d+) bytes/.exec(text.text)?.[1]);
    assert.equal(head.length, 524_280);
    assert.ok(tail.length > 3_600_000 && tail.length <= 3_670_016, `${tail.length}`);
    assert.ok(head.endsWith(line(52_427)));
    assert.ok(tail.endsWith(line(999_999)));
    assert.equal(head.length + dropped + tail.length, 10_000_000);
  });
});
