import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { FileBlobs } from '../../local/fileBlobs.ts';
import { masterKey, startTestGateway, type TestGateway } from './gatewayFarm.ts';

let farm: TestGateway;
beforeEach(async () => {
  farm = await startTestGateway();
});
afterEach(() => farm.close());

const contentType = 'text/plain; charset=utf-8';
const name = 'logs/1/2/3/4.txt';

const uploadLink = (maximumBytes = 1_000) => farm.blobs.uploadLink(name, { contentType, maximumBytes });

const put = (url: string, body: string, type = contentType) =>
  fetch(url, { method: 'PUT', body, headers: { 'content-type': type } });

const codeOf = async (answer: Response) => {
  const { error } = (await answer.json()) as { error: { code: string; details: Record<string, unknown> } };
  return `${answer.status} ${error.code} ${error.details['rule'] ?? ''}`.trim();
};

const store = async (body: string) => assert.equal((await put(await uploadLink(), body)).status, 200);

const uploadsUnderWay = () => readdirSync(join(farm.directory, '.incoming'));

describe('blob links', () => {
  it('upload a blob and give it back as it was called', async () => {
    await store('größer');

    const link = await farm.blobs.findDownloadLink(name);
    const answer = await fetch(String(link));

    assert.ok(link?.startsWith(`${farm.gateway.url}/blobs/${name}?`));
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), contentType);
    assert.equal(answer.headers.get('content-length'), '8');
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(await answer.text(), 'größer');
  });

  it('upload a blob again in the place of the first', async () => {
    await store('first');
    await store('second');

    const link = await farm.blobs.findDownloadLink(name);

    assert.equal(await (await fetch(String(link))).text(), 'second');
  });

  it('carry a large blob through, also of untold length', async () => {
    const body = Buffer.alloc(20_000_000, 'abcdefg');
    const link = await uploadLink(body.length);

    const answer = await fetch(link, {
      method: 'PUT',
      body: new Blob([body]).stream(),
      headers: { 'content-type': contentType },
      duplex: 'half',
    } as RequestInit);

    assert.equal(answer.status, 200);
    const stored = await fetch(String(await farm.blobs.findDownloadLink(name)));
    assert.ok(body.equals(Buffer.from(await stored.arrayBuffer())));
  });

  it('are not made for a blob that is not there', async () => {
    assert.equal(await farm.blobs.findDownloadLink(name), undefined);
  });

  it('end after five minutes', async () => {
    await store('here');
    const [upload, download] = [await uploadLink(), String(await farm.blobs.findDownloadLink(name))];

    farm.time.advance(299);
    const inTime = [await put(upload, 'x'), await fetch(download)].map(({ status }) => status);
    farm.time.advance(1);

    assert.deepEqual(inTime, [200, 200]);
    assert.equal(await codeOf(await put(upload, 'x')), '403 forbidden it has expired');
    assert.equal(await codeOf(await fetch(download)), '403 forbidden it has expired');
  });

  it('do nothing when changed in any part', async () => {
    await store('here');
    const upload = await uploadLink(10);
    const download = String(await farm.blobs.findDownloadLink(name));
    const changed = [
      fetch(download.replace('3/4.txt', '3/5.txt')),
      fetch(download.replace(/expires=\d/, 'expires=9')),
      fetch(download.replace(/signature=.*/, '')),
      fetch(download.replace(/signature=./, 'signature=')),
      fetch(upload),
      put(download, 'x'),
      put(upload.replace('maximum=10', 'maximum=11'), 'x'),
      put(upload.replace(/type=[^&]*/, 'type=text%2Fhtml'), 'x', 'text/html'),
    ];

    for (const answer of await Promise.all(changed)) {
      assert.equal(await codeOf(answer), '403 forbidden it was not made for this, or has been changed');
    }
  });

  it('take only an upload of their content type', async () => {
    const answer = await put(await uploadLink(), '<b>', 'text/html');

    assert.equal(await codeOf(answer), `403 forbidden it is for an upload of ${contentType}`);
    assert.equal(await farm.blobs.findDownloadLink(name), undefined);
  });

  it('take no more bytes than they say, and leave nothing of more', async () => {
    await store('before');
    const link = await uploadLink(10);

    const told = await put(link, 'x'.repeat(11));
    const untold = await fetch(link, {
      method: 'PUT',
      body: new Blob(['x'.repeat(5_000_000)]).stream(),
      headers: { 'content-type': contentType },
      duplex: 'half',
    } as RequestInit);
    const fitting = await put(link, 'x'.repeat(10));

    assert.equal(await codeOf(told), '413 too-large');
    assert.equal(await codeOf(untold), '413 too-large');
    assert.equal(fitting.status, 200);
    assert.deepEqual(uploadsUnderWay(), []);
    assert.equal(readFileSync(join(farm.directory, name), 'utf8'), 'x'.repeat(10));
  });

  it('leave nothing of an upload that breaks off', async () => {
    await store('before');
    const { pathname, search, port } = new URL(await uploadLink());
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      `PUT ${pathname}${search} HTTP/1.1\r\nHost: x\r\nContent-Type: ${contentType}\r\nContent-Length: 100\r\n\r\nhalf`,
    );
    await conditionMet(() => uploadsUnderWay().length === 1);

    socket.destroy();
    await once(socket, 'close');

    await conditionMet(() => uploadsUnderWay().length === 0);
    assert.equal(readFileSync(join(farm.directory, name), 'utf8'), 'before');
    assert.deepEqual(farm.failures, []);
  });

  it('never lead out of the folder', async () => {
    const outside = [
      '../x.txt',
      'a/../../x.txt',
      '/x.txt',
      'a//x.txt',
      './x.txt',
      '.incoming/x.txt',
      'a\\x.txt',
      '',
    ];

    for (const path of outside) {
      await assert.rejects(farm.blobs.uploadLink(path, { contentType, maximumBytes: 1 }), /not a name/, path);
      await assert.rejects(farm.blobs.findDownloadLink(path), /not a name/, path);
    }
    // Sealed as if they had been made, since no link to them ever is.
    for (const path of ['..%2f..%2fx.txt', '%2e%2e/x.txt', '.incoming/x.txt']) {
      const link = farm.blobs.links.make(farm.gateway.url, {
        method: 'PUT',
        name: path,
        maximumBytes: 10,
        contentType,
      });
      assert.equal(await codeOf(await put(link, 'x')), '404 no-such-operation', path);
    }
    assert.equal(existsSync(join(farm.directory, '..', 'x.txt')), false);
  });

  it('are refused for a content type that the name would not give back', async () => {
    await assert.rejects(
      farm.blobs.uploadLink(name, { contentType: 'text/html', maximumBytes: 1 }),
      /would be read as text\/plain/,
    );
  });
});

describe('the folder of blobs', () => {
  it('is cleared of what a kill left when it is opened', async () => {
    await store('kept');
    writeFileSync(join(farm.directory, '.incoming', 'left'), 'half');

    const again = await FileBlobs.open({
      directory: farm.directory,
      publicUrl: () => farm.gateway.url,
      masterKey,
      clock: farm.time,
    });

    assert.deepEqual(uploadsUnderWay(), []);
    assert.equal((await fetch(String(await again.findDownloadLink(name)))).status, 200);
  });
});

/** Looks after each turn of the event loop. */
async function conditionMet(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
