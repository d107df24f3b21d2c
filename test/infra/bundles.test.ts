/** What is in the bundles, and what is not: each start from cold pays for all of it. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { functionNames } from '../../infra/access.ts';
import { bundleFunctions } from '../../infra/bundles.ts';
import { contract } from '../../shared/contract/index.ts';
import { sqlReader } from '../../shared/sql/readSql.ts';

let directory: string;
before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'rollcall-bundles-'));
  await bundleFunctions(directory);
});
after(() => rmSync(directory, { recursive: true }));

/** Functions that read this text when they start. */
const holding = (text: string): readonly string[] =>
  functionNames.filter((name) => readFileSync(join(directory, name, 'index.mjs'), 'utf8').includes(text));

/** Functions that have this text in some file. */
const carrying = (text: string): readonly string[] =>
  functionNames.filter((name) =>
    readdirSync(join(directory, name)).some((file) =>
      readFileSync(join(directory, name, file), 'utf8').includes(text),
    ),
  );

describe('a bundle', () => {
  it('starts from one file', () => {
    for (const name of functionNames) {
      const text = readFileSync(join(directory, name, 'index.mjs'), 'utf8');
      assert.deepEqual(text.match(/(?:from|import)"\.[^"]*"/g) ?? [], [], name);
    }
  });

  it('makes the schema of a job only where jobs are read from outside, or submitted', () => {
    // A rule of the fields of a job.
    assert.deepEqual(holding('must be a variable name'), ['jobs', 'db', 'rest', 'recount']);
  });

  it('has the operations of its own group and of no other, but for the REST API, which calls them', () => {
    for (const [text, group] of [
      ['Retrieves a pool from its name.', 'pools'],
      ['Retrieves a job or folder from the queue', 'jobs'],
    ] as const) {
      assert.deepEqual(holding(text), [group]);
      assert.deepEqual(carrying(text), [group, 'rest']);
    }
  });

  it('has the reader of SQL as a program in one file beside the function that starts it', async () => {
    assert.deepEqual(carrying('it may make tables and insert rows'), ['db']);
    const read = sqlReader(pathToFileURL(join(directory, 'db', 'sqlReader.mjs')));

    assert.deepEqual(await read('CREATE TABLE t (a); INSERT INTO t VALUES (1);'), {
      tables: [{ name: 't', columns: ['a'], rows: [[1]] }],
    });
    assert.deepEqual(await read('SELECT 1;'), {
      refused: 'it may make tables and insert rows, nothing else; it asks for SELECT',
    });
  });

  it('starts nowhere with the SQS client', () => {
    assert.deepEqual(holding('com.amazonaws.sqs'), []);
  });

  it('has the SQS client only where there are queues', () => {
    assert.deepEqual(carrying('com.amazonaws.sqs'), [
      'jobs',
      'chunks',
      'nodes',
      'templates',
      'rest',
      'nodeProtocol',
      'projector',
      'dispatch',
      'hooks',
      'idling',
    ]);
  });

  it('starts nowhere with the STS client, and has it only where mailboxes are handed out', () => {
    assert.deepEqual(holding('com.amazonaws.sts'), []);
    assert.deepEqual(carrying('com.amazonaws.sts'), ['nodeProtocol']);
  });

  it('starts nowhere with the client of secrets or of directories, and has them only where they are told or used', () => {
    const functions = ['users', 'system', 'session', 'rest'];
    assert.deepEqual(holding('com.amazonaws.ssm'), []);
    assert.deepEqual(carrying('com.amazonaws.ssm'), functions);
    assert.deepEqual(holding('1.3.6.1.4.1.1466.20037'), []);
  });

  it('starts nowhere with the client that sends to Consoles, and has it only where that is done', () => {
    assert.deepEqual(holding('PostToConnection'), []);
    assert.deepEqual(carrying('PostToConnection'), ['consolePush']);
  });

  it('starts nowhere with the client of EventBridge, and has it only where events are put', () => {
    assert.deepEqual(holding('PutEvents'), []);
    assert.deepEqual(carrying('PutEvents'), ['projector', 'events']);
  });

  it('has no words for refusals but English ones, and those only where input is parsed', () => {
    assert.deepEqual(
      holding('Unrecognized key').toSorted(),
      [...Object.keys(contract), 'rest', 'console', 'firstStart'].sort(),
    );
    assert.deepEqual(carrying('Ungültige Eingabe'), []);
  });

  it('asks for nothing by `require`, which modules do not have', () => {
    assert.deepEqual(carrying('Dynamic require of'), []);
  });

  it('starts nowhere with the templates, and has them only where jobs are checked or worked on', () => {
    const fieldOfAnEngine = 'Arnold scene';
    assert.deepEqual(holding(fieldOfAnEngine), []);
    assert.deepEqual(carrying(fieldOfAnEngine), [
      'jobs',
      'templates',
      'backup',
      'db',
      'rest',
      'nodeProtocol',
      'projector',
      'dispatch',
      'recount',
      'hooks',
      'idling',
    ]);
  });

  it('starts nowhere with what signs links, and has it only where there are blobs', () => {
    assert.deepEqual(holding('S3 was asked for'), []);
    assert.deepEqual(carrying('S3 was asked for'), [
      'jobs',
      'chunks',
      'templates',
      'backup',
      'db',
      'rest',
      'nodeProtocol',
      'hooks',
      'idling',
    ]);
  });

  it('starts nowhere with the client of Lambda, and has it only where hooks are called or scripts run', () => {
    assert.deepEqual(holding('/2015-03-31/functions/'), []);
    assert.deepEqual(carrying('/2015-03-31/functions/'), ['jobs', 'system', 'rest', 'hooks']);
  });
});
