import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { actionViolation, splitAction } from '../../../shared/domain/jobActions.ts';

const action = (command: string) => ({ command, timeoutSeconds: 300, checksExitCode: true });
const actions = { beforeJob: null, afterJob: null, beforeChunk: null, afterChunk: null };

describe('the command line of an action', () => {
  it('is split like that of a command', () => {
    assert.deepEqual(splitAction(`copy "/out dir" C:\\frames ''`), {
      words: ['copy', '/out dir', 'C:\\frames', ''],
    });
    assert.deepEqual(splitAction('["copy", "a b"]'), { words: ['copy', 'a b'] });
  });

  it('keeps inline Python as one piece, also in the middle of a word', () => {
    assert.deepEqual(
      splitAction(`say --name="<%= job.getName() + ' x' %>".txt <% a = "it's" %>b <%= 1 %><%= 2 %>`),
      {
        words: ['say', `--name=<%= job.getName() + ' x' %>.txt`, `<% a = "it's" %>b`, '<%= 1 %><%= 2 %>'],
      },
    );
    assert.deepEqual(splitAction(String.raw`say <%= "\%>" %>`), { words: ['say', String.raw`<%= "\%>" %>`] });
  });

  it('is refused with the rule that it breaks', () => {
    const ruleOf = (command: string) =>
      actionViolation({ actions: { ...actions, afterChunk: action(command) } });
    const refused = (rule: string) => ({ field: 'actions.afterChunk.command', rule });

    assert.deepEqual(ruleOf('say "a'), refused('has a " that is not closed'));
    assert.deepEqual(ruleOf('  '), refused('must begin with a program'));
    assert.deepEqual(ruleOf('[1]'), refused('starts with [ and must then be a JSON array of strings'));
    assert.deepEqual(
      ruleOf(`p ${'a '.repeat(1_025)}`),
      refused('must have at most 1024 words behind its program'),
    );
    assert.deepEqual(ruleOf('["a", "\\u0000"]'), refused('must not contain a null character'));
    assert.deepEqual(ruleOf('say \uE000'), refused('must not contain the character U+E000'));
    assert.deepEqual(
      ruleOf('p'.repeat(4_097)),
      refused('must begin with a program of at most 4096 characters'),
    );
    assert.equal(ruleOf('say'), undefined);
    assert.equal(actionViolation({ actions: null }), undefined);
  });
});
