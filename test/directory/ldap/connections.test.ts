import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { ADMIN_PASSWORD } from '../../support/aUser.ts';
import {
  directoryPrograms,
  foreignCertificate,
  freePort,
  PEOPLE,
  person,
  startDirectory,
} from '../../support/directoryServer.ts';
import { itWith } from '../../support/renderers.ts';
import { farmWithDirectory } from '../../support/withDirectory.ts';

const unavailable = { code: 'directory-unavailable', status: 503, retryable: true };
const withDirectory = (sentence: string, run: Parameters<typeof itWith>[2]): void =>
  itWith(directoryPrograms, sentence, run);

/** A server that speaks as it is told, and remembers who came and what they said. */
async function listener(t: TestContext, onConnection: (socket: Socket) => void) {
  let connections = 0;
  let heard = Buffer.alloc(0);
  const sockets: Socket[] = [];
  const server: Server = createServer((socket) => {
    connections += 1;
    sockets.push(socket);
    socket
      .on('error', () => {})
      .on('data', (data) => {
        heard = Buffer.concat([heard, data]);
      });
    onConnection(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {
    url: `ldap://127.0.0.1:${port}`,
    connections: () => connections,
    heard: () => heard.toString('latin1'),
  };
}

const settings = { enabled: true, baseDn: PEOPLE } as const;

describe('a connection to a directory', () => {
  withDirectory('is encrypted by ldaps://, to a server whose authority is trusted', async (t) => {
    const directory = await startDirectory(t, person('olga'));
    const farm = await farmWithDirectory(t, directory, {
      urls: [`ldaps://127.0.0.1:${directory.securePort}`],
      caCertificate: directory.caCertificate,
    });

    assert.equal(await farm.whoLogsIn('olga', 'of olga'), '@directory@olga');
  });

  withDirectory(
    'by ldaps:// is refused to a server of another authority, before anything is said',
    async (t) => {
      const directory = await startDirectory(t, person('olga'));
      const urls = [`ldaps://127.0.0.1:${directory.securePort}`];
      const farm = await farmWithDirectory(t, directory, { urls, caCertificate: foreignCertificate(t) });

      await assert.rejects(farm.whoLogsIn('olga', 'of olga'), unavailable);
      await farm.setDirectory({ caCertificate: null });
      await assert.rejects(farm.whoLogsIn('olga', 'of olga'), unavailable);

      assert.deepEqual(directory.asked, []);
    },
  );

  withDirectory('by ldaps:// is refused to a server that goes by another name', async (t) => {
    const directory = await startDirectory(t, person('olga'));
    const farm = await farmWithDirectory(t, directory, {
      urls: [`ldaps://localhost:${directory.securePort}`],
      caCertificate: directory.caCertificate,
    });

    await assert.rejects(farm.whoLogsIn('olga', 'of olga'), unavailable);

    assert.match(String(farm.logged.at(-1)?.['error']), /does not match certificate's altnames/);
  });

  withDirectory('is encrypted by StartTLS before the service says its password', async (t) => {
    const directory = await startDirectory(t, person('olga'));
    const { caCertificate } = directory;
    const farm = await farmWithDirectory(t, directory, { startTls: true, caCertificate });

    assert.equal(await farm.whoLogsIn('olga', 'of olga'), '@directory@olga');

    assert.match(directory.asked[0] ?? '', /^(STARTTLS|EXT oid=1\.3\.6\.1\.4\.1\.1466\.20037)/);
    await farm.setDirectory({ caCertificate: foreignCertificate(t) });
    const before = directory.asked.length;
    await assert.rejects(farm.whoLogsIn('olga', 'of olga'), unavailable);
    assert.deepEqual(
      directory.asked.slice(before).filter((operation) => operation.startsWith('BIND')),
      [],
    );
    await farm.setDirectory({ urls: [`ldap://localhost:${directory.port}`], caCertificate });
    await assert.rejects(farm.whoLogsIn('olga', 'of olga'), unavailable);
  });

  it('that a server closes instead of encrypting it is not opened anew', async (t) => {
    const thief = await listener(t, (socket) => socket.once('data', () => socket.destroy()));
    const farm = await farmWithDirectory(t, {
      configuration: {
        ...settings,
        urls: [thief.url],
        startTls: true,
        bindDn: 'cn=a',
        bindPassword: 'secret',
      },
    });

    await assert.rejects(farm.whoLogsIn('olga', 'of olga'), unavailable);

    assert.equal(thief.connections(), 1);
    assert.doesNotMatch(thief.heard(), /secret|of olga/);
  });

  it('to a server that never answers ends with its time', async (t) => {
    const silent = await listener(t, () => {});
    const farm = await farmWithDirectory(t, {
      configuration: { ...settings, urls: [silent.url], timeoutSeconds: 1 },
    });
    const before = performance.now();

    await assert.rejects(farm.whoLogsIn('olga', 'of olga'), unavailable);

    const milliseconds = performance.now() - before;
    assert.ok(milliseconds > 900 && milliseconds < 5_000, `${milliseconds} ms`);
  });

  it('to what is no directory is none', async (t) => {
    const web = await listener(t, (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const farm = await farmWithDirectory(t, {
      configuration: { ...settings, urls: [web.url], timeoutSeconds: 1 },
    });

    await assert.rejects(farm.whoLogsIn('olga', 'of olga'), unavailable);
  });

  withDirectory('goes to the next server while the first is down', async (t) => {
    const directory = await startDirectory(t, person('olga'));
    const urls = [`ldap://127.0.0.1:${await freePort()}`, `ldap://127.0.0.1:${directory.port}`];
    const farm = await farmWithDirectory(t, directory, { urls });

    assert.equal(await farm.whoLogsIn('olga', 'of olga'), '@directory@olga');
  });

  withDirectory('does not follow where a referral leads', async (t) => {
    const elsewhere = await listener(t, (socket) => socket.end());
    const referral = `
dn: ou=elsewhere,${PEOPLE}
objectClass: referral
objectClass: extensibleObject
ou: elsewhere
ref: ${elsewhere.url}/ou=people,dc=example,dc=org
`;
    const directory = await startDirectory(t, person('olga'), referral);
    const farm = await farmWithDirectory(t, directory);

    assert.equal(await farm.whoLogsIn('olga', 'of olga'), '@directory@olga');
    await assert.rejects(farm.whoLogsIn('nobody', 'of nobody'), { code: 'login-refused' });
    await farm.setDirectory({ baseDn: `ou=elsewhere,${PEOPLE}` });
    await assert.rejects(farm.whoLogsIn('nobody', 'of nobody'), unavailable);

    assert.equal(elsewhere.connections(), 0);
  });
});

describe('a directory that is down', () => {
  withDirectory('keeps out its own users, who are told so, and nobody of the farm', async (t) => {
    const directory = await startDirectory(t, person('olga'));
    const farm = await farmWithDirectory(t, directory);
    await farm.whoLogsIn('olga', 'of olga');
    await directory.stop();

    for (const order of ['local-first', 'directory-first'] as const) {
      await farm.setDirectory({ order });
      assert.equal(await farm.whoLogsIn('admin', ADMIN_PASSWORD), 'admin');
      await assert.rejects(farm.whoLogsIn('olga', 'of olga'), unavailable);
      // A stranger does not learn who there is.
      await assert.rejects(farm.whoLogsIn('nobody', 'of olga'), unavailable);
      await assert.rejects(farm.whoLogsIn('admin', 'wrong'), unavailable);
    }
    await directory.restart();

    assert.equal(await farm.whoLogsIn('olga', 'of olga'), '@directory@olga');
    const lines = farm.logged.filter(({ event }) => event === 'directory-unavailable');
    assert.equal(lines.length, 7);
    assert.doesNotMatch(JSON.stringify(farm.logged), /of olga|of the service|wrong/);
  });

  withDirectory('is no way to try passwords of the farm without end', async (t) => {
    const directory = await startDirectory(t);
    const farm = await farmWithDirectory(t, directory);
    await directory.stop();
    for (let attempt = 0; attempt < 10; attempt += 1)
      await assert.rejects(farm.whoLogsIn('admin', 'wrong'), unavailable);

    await assert.rejects(farm.whoLogsIn('admin', ADMIN_PASSWORD), { code: 'too-many-logins' });
  });

  withDirectory('is one whose service account is refused, too', async (t) => {
    const directory = await startDirectory(t, person('olga'));
    const farm = await farmWithDirectory(t, directory, { bindPassword: 'wrong' });

    await assert.rejects(farm.whoLogsIn('olga', 'of olga'), unavailable);
  });
});
