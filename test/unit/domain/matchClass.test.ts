import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  classRule,
  matchClassOf,
  type Requirements,
  requirementFields,
} from '../../../shared/domain/matchClass.ts';

const nothing: Requirements = {
  templateId: 43,
  platform: 'any',
  includedPools: [],
  excludedPools: [],
  minimumCores: null,
  minimumThreads: null,
  minimumSpeedMhz: null,
  minimumRamMb: null,
  minimumPhysicalMb: null,
  minimumDiskSpaceMb: null,
};
const node = {
  name: 'alpha',
  platform: 'linux' as const,
  pools: ['gpu', 'fast'],
  cores: 8,
  threads: 16,
  speedMhz: 3_000,
  memoryMb: 32_768,
  software: [{ name: 'python3', version: '3.12.3' }],
  excludedTemplates: [],
};
const load = { cpu: 10, freeMemoryMb: 16_000, freeDiskMb: 50_000 };

describe('a class of requirements', () => {
  it('is the same whatever the order of pools', () => {
    const one = matchClassOf({ ...nothing, includedPools: ['b', 'a'], excludedPools: ['d', 'c'] });
    const two = matchClassOf({ ...nothing, includedPools: ['a', 'b'], excludedPools: ['c', 'd'] });

    assert.deepEqual(one, two);
    assert.match(one.id, /^[\w-]{16}$/);
  });

  it('differs with every requirement', () => {
    const changes: { readonly [F in keyof Requirements]: Requirements[F] } = {
      templateId: 44,
      platform: 'linux',
      includedPools: ['a'],
      excludedPools: ['a'],
      minimumCores: 1,
      minimumThreads: 1,
      minimumSpeedMhz: 1,
      minimumRamMb: 1,
      minimumPhysicalMb: 1,
      minimumDiskSpaceMb: 1,
    };
    const ids = requirementFields.map((field) => matchClassOf({ ...nothing, [field]: changes[field] }).id);

    assert.equal(new Set([matchClassOf(nothing).id, ...ids]).size, 11);
  });

  it('tells nothing asked from zero asked', () => {
    assert.notEqual(matchClassOf({ ...nothing, minimumCores: 0 }).id, matchClassOf(nothing).id);
  });

  it('keeps its id, under which ready jobs are filed', () => {
    assert.equal(matchClassOf(nothing).id, 'lIVJtPRXAq7Tz7Yd');
  });
});

describe('the rule that keeps a node from a class', () => {
  const cases: readonly [Partial<Requirements>, string | undefined][] = [
    [{}, undefined],
    [{ platform: 'linux' }, undefined],
    [{ platform: 'win32' }, 'platform is linux, the job asks for win32'],
    [{ includedPools: ['gpu'] }, undefined],
    [{ includedPools: ['slow', 'fast'] }, undefined],
    [{ includedPools: ['slow', 'old'] }, 'is in none of the pools slow, old'],
    [{ includedPools: ['alpha'] }, undefined],
    [{ excludedPools: ['slow'] }, undefined],
    [{ excludedPools: ['slow', 'fast'] }, 'is in the excluded pool fast'],
    [{ excludedPools: ['alpha'] }, 'is in the excluded pool alpha'],
    [{ minimumCores: 8 }, undefined],
    [{ minimumCores: 9 }, 'has 8 cores, the job asks for 9'],
    [{ minimumThreads: 16.5 }, 'has 16 threads, the job asks for 16.5'],
    [{ minimumSpeedMhz: 3_001 }, 'has 3000 MHz, the job asks for 3001'],
    [{ minimumPhysicalMb: 32_769 }, 'has 32768 MB of installed memory, the job asks for 32769'],
    [{ minimumRamMb: 16_001 }, 'has 16000 MB of free memory, the job asks for 16001'],
    [{ minimumDiskSpaceMb: 50_001 }, 'has 50000 MB of free disk space, the job asks for 50001'],
    [{ minimumRamMb: 16_000, minimumDiskSpaceMb: 50_000, minimumPhysicalMb: 32_768 }, undefined],
    [{ needs: { platforms: ['linux'], software: ['python3'] } }, undefined],
    [
      { needs: { platforms: ['darwin', 'win32'], software: [] } },
      'platform is linux, template 43 runs on darwin and win32',
    ],
    [{ needs: { platforms: null, software: ['python3', 'nuke'] } }, 'has no nuke, which template 43 needs'],
    // The first rule that breaks is named.
    [{ platform: 'darwin', minimumCores: 99 }, 'platform is linux, the job asks for darwin'],
  ];
  for (const [asked, rule] of cases) {
    it(`is ${rule ?? 'none'} when asked ${JSON.stringify(asked)}`, () => {
      assert.equal(classRule(node, load, { ...nothing, ...asked }), rule);
    });
  }

  it('is the exclusion from its template after failures', () => {
    const excluded = {
      ...node,
      excludedTemplates: [{ id: 43, since: '2026-01-01T00:00:00.000Z', reason: 'failures' }],
    };

    assert.equal(
      classRule(excluded, load, nothing),
      'is excluded from template 43 after failures; nodePurgeTemplatesExclusion lifts it',
    );
    assert.equal(classRule(excluded, load, { ...nothing, templateId: 44 }), undefined);
  });

  it('leaves free memory and disk alone before the first heartbeat', () => {
    const asked = { ...nothing, minimumRamMb: 99_999, minimumDiskSpaceMb: 99_999 };

    assert.equal(classRule(node, null, asked), undefined);
  });
});
