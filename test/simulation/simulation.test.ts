/** The short form of `npm run simulate`, in virtual time; `npm run simulate:mutants` shows that it can fail. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { runSeeds } from './inThreads.ts';
import { mutants } from './mutants.ts';
import { runSeed } from './run.ts';
import type { SeedReport } from './worker.ts';

describe('small farms in virtual time', () => {
  it('keep every rule of the hot path in two hundred seeds', async () => {
    const reports: SeedReport[] = [];

    await runSeeds(
      {
        from: 1,
        until: 201,
        nodes: undefined,
        faults: undefined,
        mutant: undefined,
        stopsAtViolation: false,
      },
      (report) => reports.push(report),
    );

    assert.equal(reports.length, 200);
    const violations = reports.flatMap(({ seed, violation }) =>
      violation === undefined ? [] : [`npm run simulate -- --seed ${seed}: ${violation.message}`],
    );
    assert.deepEqual(violations, []);
  });

  it('live the same life each time that a seed is run', async () => {
    const [first, second] = [
      await runSeed({ seed: 4, isTraced: true }),
      await runSeed({ seed: 4, isTraced: true }),
    ];

    assert.ok(first.trace.length > 100);
    assert.deepEqual(second.trace, first.trace);
  });

  it('render everything and mend nothing when nothing goes wrong', async () => {
    const { chunkLives, chunks, faults, violation } = await runSeed({ seed: 3, faults: [] });

    assert.deepEqual({ violation, faults: faults.size }, { violation: undefined, faults: 0 });
    assert.equal(chunkLives, chunks);
  });
});

describe('the deliberate defects', () => {
  it('are at least twenty, each with a name of its own and the rule that it breaks', () => {
    assert.ok(mutants.length >= 20);
    assert.equal(new Set(mutants.map(({ name }) => name)).size, mutants.length);
    assert.deepEqual(
      mutants.filter(({ rule }) => rule === ''),
      [],
    );
  });

  for (const { name, file, find } of mutants) {
    it(`have the text that ${name} replaces exactly once in ${file}`, () => {
      const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

      assert.equal(text.split(find).length - 1, 1);
    });
  }
});
