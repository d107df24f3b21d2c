/** What is in the bundles, and what is not: each start from cold pays for all of it. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { functionNames } from '../../infra/access.ts';
import { bundleFunctions } from '../../infra/bundles.ts';

let directory: string;
before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'rollcall-bundles-'));
  await bundleFunctions(directory);
});
after(() => rmSync(directory, { recursive: true }));

/** Functions whose bundle holds this text. */
const holding = (text: string): readonly string[] =>
  functionNames.filter((name) => readFileSync(join(directory, name, 'index.mjs'), 'utf8').includes(text));

describe('a bundle', () => {
  it('makes the schema of a job only where jobs are read from outside', () => {
    // A rule of the fields of a job.
    assert.deepEqual(holding('must be a variable name'), ['jobs']);
  });

  it('has the operations of its own group and of no other', () => {
    assert.deepEqual(holding('Retrieves a pool from its name.'), ['pools']);
    assert.deepEqual(holding('Retrieves a job or folder from the queue'), ['jobs']);
  });

  it('has the SQS client only where there are queues', () => {
    assert.deepEqual(holding('com.amazonaws.sqs'), [
      'jobs',
      'chunks',
      'nodes',
      'nodeProtocol',
      'projector',
      'dispatch',
      'idling',
    ]);
  });

  it('has the STS client only where mailboxes are handed out', () => {
    assert.deepEqual(holding('AssumeRole'), ['nodeProtocol']);
  });

  it('signs links only where there are blobs', () => {
    assert.deepEqual(holding('S3 was asked for'), ['chunks', 'nodeProtocol']);
  });
});
