import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { splitWords } from '../../../nodeagent/src/commands/splitWords.ts';
import { splitWords as splitWordsOfTemplates } from '../../../shared/domain/commandLine.ts';

suite('the words of a configured command', () => {
  test('are split at white space, and kept together by quotes', () => {
    assert.deepEqual(splitWords(' systemctl  --no-block "restart"\t\'my node\' a"b c"d "" C:\\bin'), [
      'systemctl',
      '--no-block',
      'restart',
      'my node',
      'ab cd',
      '',
      'C:\\bin',
    ]);
  });

  test('are those of a JSON array', () => {
    assert.deepEqual(splitWords('["shutdown", "-h", "in 1 minute"]'), ['shutdown', '-h', 'in 1 minute']);
  });

  test('are none when there are none, a quote is not closed, or the array is not one of strings', () => {
    for (const text of ['', ' ', '[]', '"reboot', "it's", '[1]', '[', '{"a'])
      assert.equal(splitWords(text), undefined, text);
  });

  test('are those that a template would make of the same text', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b c', ' ', "'", '"', '\\', '\n', '[', 'ü'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (line) => {
        const split = splitWordsOfTemplates(line);
        const expected = 'words' in split && split.words.length > 0 ? split.words : undefined;

        assert.deepEqual(splitWords(line), expected);
      }),
      { numRuns: 2_000, seed: 1 },
    );
  });
});
