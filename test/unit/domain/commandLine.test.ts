import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitWords } from '../../../shared/domain/commandLine.ts';

const cases: [name: string, text: string, words: string[]][] = [
  ['words are split at any white space', ' -a  b\tc\n', ['-a', 'b', 'c']],
  ['no text has no words', '  ', []],
  ['single quotes keep white space', "-m 'two words'", ['-m', 'two words']],
  ['double quotes keep white space', '-m "two  words"', ['-m', 'two  words']],
  ['a quote in the middle of a word is dropped and the word goes on', '--name="a b".exr', ['--name=a b.exr']],
  ['quotes keep the other kind of quote', `"it's" '"q"'`, ["it's", '"q"']],
  ['empty quotes are an empty word', `a '' ""`, ['a', '', '']],
  ['a backslash is nothing special', 'C:\\renders\\a.exr "D:\\x y\\"', ['C:\\renders\\a.exr', 'D:\\x y\\']],
  ['nothing of a shell is special', 'a|b && $HOME *.exr', ['a|b', '&&', '$HOME', '*.exr']],
  ['JSON is taken as it is', ' ["a b", "", "\\"x\\""]', ['a b', '', '"x"']],
];

for (const [name, text, words] of cases) {
  test(name, () => {
    assert.deepEqual(splitWords(text), { words });
  });
}

test('a quote that is not closed breaks the rule', () => {
  assert.deepEqual(splitWords(`-m 'it is`), { rule: "has a ' that is not closed" });
  assert.deepEqual(splitWords('say "hello'), { rule: 'has a " that is not closed' });
});

test('text that starts with [ and is not a JSON array of strings breaks the rule', () => {
  const rule = 'starts with [ and must then be a JSON array of strings';

  assert.deepEqual(splitWords('[a-z].exr'), { rule });
  assert.deepEqual(splitWords('["a", 1]'), { rule });
});
