import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cutToBytes, summarizeInput } from '../../../shared/domain/actionSummary.ts';

describe('the summary of an input', () => {
  it('has no value whose name says that it is secret, however deep', () => {
    const summary = summarizeInput({
      requestToken: 'token-of-a-request',
      name: 'olga',
      password: 'one',
      oldPassword: null,
      config: [{ bindPassword: 'two', clientSecret: 'three', startTls: true, PRIVATE_KEY: 'four' }],
      environment: { API_TOKEN: { value: 'five' } },
    });

    assert.equal(
      summary,
      '{"name":"olga","password":"***","oldPassword":null,"config":[{"bindPassword":"***","clientSecret":"***","startTls":true,"PRIVATE_KEY":"***"}],"environment":{"API_TOKEN":"***"}}',
    );
  });

  it('has nothing that ends a login by a provider of identities', () => {
    const summary = summarizeInput({ state: 'a secret', callback: 'code=one&state=two', hours: 12 });

    assert.equal(summary, '{"state":"***","callback":"***","hours":12}');
  });

  for (const [text, shown] of [
    ['render --password=one -x', 'render --password=*** -x'],
    ['token: one', 'token: ***'],
    ['PASSWD="one two"', 'PASSWD="*** two"'],
    ['https://me:one@host/path', 'https://***@host/path'],
    ['https://host/me@x', 'https://host/me@x'],
    [`${'x'.repeat(90)}`, `${'x'.repeat(80)}… (90 characters)`],
  ] as const) {
    it(`shows ${text.slice(0, 30)} as ${shown.slice(0, 30)}`, () => {
      assert.equal(summarizeInput({ a: text }), JSON.stringify({ a: shown }));
    });
  }

  it('is cut between characters', () => {
    assert.equal(cutToBytes('äöü', 6), 'äöü');
    assert.equal(cutToBytes('äöüä', 6), 'ä…');
    assert.equal(cutToBytes('abcd', 2), '…');
  });
});
