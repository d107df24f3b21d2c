/** Random jobs, made from the schema: each is taken whole or refused by a named rule. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { RollcallError } from '../../../client/src/client.ts';
import type { Job, JobSubmission, Operations } from '../../../client/src/generated.ts';
import { jobSubmissionSchema, submittedJobSchema } from '../../../shared/model/job.ts';
import type { Schema } from '../../support/inputSchemas.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();
const { id: folder } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });
const { id: parent } = await farm.admin.jobSubmit({
  job: { name: 'a parent', templateId: 43, attributes: { command: { value: 'x' } } },
});

/** Values that a schema takes. */
function valuesOf(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(valuesOf));
  if (typeof schema.type === 'object')
    return fc.oneof(...schema.type.map((type) => valuesOf({ ...schema, type })));
  const { minimum = 0, maximum = 1_000_000 } = schema;
  switch (schema.type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.oneof(
        fc.integer({ min: minimum, max: Math.min(maximum, minimum + 9) }),
        fc.integer({ min: minimum, max: maximum }),
      );
    case 'number':
      // Tiny ones are refused, and are many among all doubles.
      return fc
        .double({ min: minimum, max: maximum, noNaN: true })
        .map((number) => Number(number.toFixed(9)));
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}), { maxLength: 4 });
    case 'object':
      return schema.additionalProperties
        ? fc.dictionary(fc.stringMatching(/^[A-Za-z_]\w{0,9}$/), valuesOf(schema.additionalProperties), {
            maxKeys: 4,
          })
        : fc.record(
            Object.fromEntries(
              Object.entries(schema.properties ?? {}).map(([name, member]) => [name, valuesOf(member)]),
            ),
            { requiredKeys: [...(schema.required ?? [])] },
          );
    default:
      return textOf(schema);
  }
}

function textOf({ format, pattern, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> {
  if (format === 'date-time')
    return fc.integer({ min: 0, max: 4_000_000_000_000 }).map((moment) => new Date(moment).toISOString());
  const allowed = pattern === undefined ? undefined : new RegExp(pattern, 'u');
  return fc
    .string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 40) })
    .filter((text) => text.length <= maxLength && (allowed?.test(text) ?? true));
}

/** Numbers that are written with up to four digits behind the point. */
const decimal = (minimum: number, maximum: number): fc.Arbitrary<number> =>
  fc
    .record({ digits: fc.constantFrom(0, 0, 1, 2, 4), at: fc.double({ min: 0, max: 1, noNaN: true }) })
    .map(({ digits, at }) => Number((minimum + at * (maximum - minimum)).toFixed(digits)));

const { $defs } = z.toJSONSchema(submittedJobSchema(), { io: 'input', unrepresentable: 'any' }) as Schema;
const schema = $defs?.['JobSubmission'] ?? {};
const command = fc.constant({ value: '/bin/true', state: true, subst: false });

const frames = fc.oneof(
  // A few chunks, so that all of them can be looked at.
  fc.record({ startFrame: decimal(-50, 50), length: decimal(0, 100), byFrame: decimal(0.5, 20) }),
  fc.record({ startFrame: decimal(-9e6, 1e6), length: decimal(0, 8e6), byFrame: decimal(0.001, 1_000) }),
);
const jobs: fc.Arbitrary<JobSubmission> = fc
  .record({
    any: valuesOf(schema) as fc.Arbitrary<JobSubmission>,
    frames,
    packetSize: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 10_000_000 })),
    imageSlices: fc.integer({ min: 1, max: 6 }),
    attributes: fc.dictionary(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((name) => name.length <= 128),
      valuesOf(schema.properties?.['attributes']?.additionalProperties || {}),
      { maxKeys: 3 },
    ),
    command,
    // The others want nodes: see broadcast.test.ts.
    packetType: fc.constantFrom<JobSubmission['packetType'] & {}>('multiframe', 'image-slices'),
    parentId: fc.constantFrom(-1, folder),
    dependIds: fc.constantFrom<JobSubmission['dependIds'] & {}>([], [parent], [parent, '', parent]),
    isWild: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
  })
  .map(({ any, isWild, frames: { startFrame, length, byFrame }, attributes, command: run, ...tame }) =>
    isWild
      ? any
      : {
          ...any,
          ...tame,
          templateId: 43,
          // Hardly any frames but those that are meant for one can be made into a movie.
          movie: null,
          // Hardly any name the files that they are made of.
          thumbnails: false,
          startFrame,
          endFrame: Number((startFrame + length).toFixed(4)),
          byFrame: Math.max(byFrame, 0.001),
          attributes: { ...(attributes as JobSubmission['attributes']), command: run },
        },
  );

async function submitted(job: JobSubmission): Promise<Operations['jobSubmit']['output'] | RollcallError> {
  try {
    return await farm.admin.jobSubmit({ job });
  } catch (error) {
    if (error instanceof RollcallError) return error;
    throw error;
  }
}

/** What a job says back: itself, with defaults, without empty and doubled names. */
function assertEchoed(job: Job, given: JobSubmission): void {
  const { paused, ...expected } = jobSubmissionSchema().parse(JSON.parse(JSON.stringify(given)));
  const echoed = Object.fromEntries(Object.keys(expected).map((name) => [name, job[name as keyof Job]]));
  assert.deepEqual({ ...echoed, paused: job.paused }, { ...expected, paused });
}

/** Ten-thousandths, which are exact. */
const exact = (frame: number): bigint => BigInt(Math.round(frame * 10_000));

/** Each frame and slice of the job is in exactly one chunk, and each chunk ends where it says. */
async function assertCovered(job: Job): Promise<void> {
  const [start, end, by] = [exact(job.startFrame), exact(job.endFrame), exact(job.byFrame)];
  const total = (end - start) / by + 1n;
  const slices = job.packetType === 'image-slices' ? job.imageSlices : 1;
  const covered = new Map<number, { from: bigint; count: bigint }[]>();
  for (let pageToken: string | null | undefined; pageToken !== null; ) {
    const page: Operations['chunkGetList']['output'] = await farm.admin.chunkGetList({
      jobId: job.id,
      limit: 1_000,
      ...(pageToken === undefined ? {} : { pageToken }),
    });
    for (const { startFrame, endFrame, frameCount, slice } of page.chunks) {
      const count = BigInt(frameCount);
      const from = (exact(startFrame) - start) / by;
      assert.equal(exact(startFrame), start + from * by);
      assert.equal(exact(endFrame), start + (from + count - 1n) * by);
      covered.set(slice, [...(covered.get(slice) ?? []), { from, count }]);
    }
    pageToken = page.nextPageToken;
  }
  assert.deepEqual(
    [...covered.keys()].sort((a, b) => a - b),
    Array.from({ length: slices }, (_, slice) => slice),
  );
  for (const ranges of covered.values()) {
    let next = 0n;
    for (const { from, count } of ranges.sort((a, b) => (a.from < b.from ? -1 : 1))) {
      assert.equal(from, next);
      next += count;
    }
    assert.equal(next, total);
  }
}

describe('a random job', () => {
  it('is taken and says back what was submitted, its chunks covering each frame once, or is refused by a rule', async () => {
    const seen = { taken: 0, refused: 0, covered: 0 };
    await fc.assert(
      fc.asyncProperty(jobs, async (given) => {
        const result = await submitted(given);
        if (result instanceof RollcallError) {
          seen.refused += 1;
          assert.ok(['invalid-input', 'not-found'].includes(result.code), result.message);
          assert.ok(result.code === 'not-found' || String(result.details['field']).startsWith('job.'));
          assert.match(String(result.details['rule'] ?? result.details['what']), /\w/);
          return;
        }
        const { job } = await farm.admin.jobGet({ id: result.id });

        seen.taken += 1;
        assertEchoed(job, given);
        assert.equal(job.chunkCount, result.chunkCount);
        if (job.chunkCount > 1_000) return;
        seen.covered += 1;
        await assertCovered(job);
      }),
      { numRuns: 300 },
    );

    // Luck of the draw, but not that much of it: else the jobs are not what they should be.
    assert.ok(seen.taken > 100 && seen.refused > 10 && seen.covered > 50, JSON.stringify(seen));
  });
});
