import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { placesOf } from '../../cli/src/completion/places.ts';
import { buildProgram } from '../../cli/src/program.ts';
import { cliManual } from '../../scripts/generate/cliManual.ts';

describe('the manual page', () => {
  const page = cliManual();

  it('is the one that is kept', () => {
    assert.equal(readFileSync(new URL('../../cli/rollcall.1', import.meta.url), 'utf8'), page);
  });

  it('has a section for every command', () => {
    const leaves = placesOf(buildProgram()).filter(
      ({ path, steps }) => steps.length === 0 && !path.startsWith('call '),
    );

    assert.ok(leaves.length > 40);
    for (const { path } of leaves) {
      assert.match(page, new RegExp(`^\\.SS "rollcall ${path}(\\|| |")`, 'm'));
    }
  });

  it('has no line that a formatter takes for a request by accident', () => {
    const requests = new Set(page.split('\n').flatMap((line) => /^[.']\S*/.exec(line)?.[0] ?? []));

    assert.deepEqual([...requests].sort(), ['.B', '.I', '.SH', '.SS', '.TH', '.TP', '.\\"'].sort());
  });
});
