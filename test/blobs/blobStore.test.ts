/** The blob port: what both adapters do. What only the files can do is in test/local/gatewayBlobs.test.ts. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BlobStore } from '../../shared/blobs/blobStore.ts';
import { s3Blobs } from '../../shared/blobs/s3Blobs.ts';
import { startTestGateway } from '../local/gatewayFarm.ts';
import {
  emulatorCredentials,
  emulatorRegion,
  isEmulatorInstalled,
  startEmulator,
} from '../support/emulator.ts';

const contentType = 'text/plain; charset=utf-8';
const BUCKET = 'rollcall-blobs';

interface Subject {
  readonly blobs: BlobStore;
  close(): Promise<unknown>;
}

async function filesOfTheGateway(): Promise<Subject> {
  const gateway = await startTestGateway();
  return { blobs: gateway.blobs, close: () => gateway.close() };
}

async function s3OnTheEmulator(): Promise<Subject> {
  const emulator = await startEmulator();
  // The emulator checks no signature, so the bucket needs no client to be made with.
  await fetch(`${emulator.endpoint}/${BUCKET}`, { method: 'PUT' });
  return {
    blobs: s3Blobs(BUCKET, {
      endpoint: emulator.endpoint,
      region: emulatorRegion,
      credentials: emulatorCredentials,
    }),
    close: () => emulator.stop(),
  };
}

const put = (url: string, body: string) =>
  fetch(url, { method: 'PUT', body, headers: { 'content-type': contentType } });

function exerciseBlobs(subject: string, open: () => Promise<Subject>): void {
  describe(subject, () => {
    let opened: Subject;
    before(async () => {
      opened = await open();
    });
    after(() => opened.close());

    it('gives back what was uploaded, as what it was called', async () => {
      const name = 'logs/1/1/1/1.txt';
      const link = await opened.blobs.uploadLink(name, { contentType, maximumBytes: 1_000 });

      const uploaded = await put(link, 'größer');

      const answer = await fetch(String(await opened.blobs.findDownloadLink(name)));
      assert.equal(await opened.blobs.size(name), 8);
      assert.equal(await opened.blobs.size('logs/1/1/1/2.txt'), undefined);
      assert.equal(uploaded.status, 200);
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('content-type'), contentType);
      assert.equal(await answer.text(), 'größer');
    });

    it('takes a blob again in the place of the first', async () => {
      const name = 'logs/1/1/2/1.txt';
      const link = await opened.blobs.uploadLink(name, { contentType, maximumBytes: 1_000 });

      await put(link, 'first');
      await put(link, 'second');

      const answer = await fetch(String(await opened.blobs.findDownloadLink(name)));
      assert.equal(await answer.text(), 'second');
    });

    it('finds nothing where nothing was uploaded', async () => {
      assert.equal(await opened.blobs.findDownloadLink('logs/9/9/9/9.txt'), undefined);
    });
  });
}

exerciseBlobs('FileBlobs', filesOfTheGateway);

if (isEmulatorInstalled()) exerciseBlobs('s3Blobs', s3OnTheEmulator);
else {
  it(
    's3Blobs keep the contract of blobs',
    {
      skip: process.env['CI'] !== 'true' && 'emulator not installed: npm run emulator:install',
    },
    () => assert.fail('emulator not installed: npm run emulator:install'),
  );
}

describe('links of s3Blobs', () => {
  const blobs = s3Blobs(BUCKET, { region: 'eu-west-1', credentials: emulatorCredentials });

  it('are signed for one name, one content type and five minutes', async () => {
    const link = new URL(await blobs.uploadLink('logs/1/1/1/1.txt', { contentType, maximumBytes: 1_000 }));

    assert.equal(link.origin, 'https://rollcall-blobs.s3.eu-west-1.amazonaws.com');
    assert.equal(link.pathname, '/logs/1/1/1/1.txt');
    assert.equal(link.searchParams.get('X-Amz-SignedHeaders'), 'content-type;host');
    assert.equal(link.searchParams.get('X-Amz-Expires'), '300');
  });

  it('ask for no checksum of a body that was not there when they were signed', async () => {
    const link = await blobs.uploadLink('logs/1/1/1/1.txt', { contentType, maximumBytes: 1_000 });

    assert.doesNotMatch(link, /checksum/i);
  });
});
