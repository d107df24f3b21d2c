/** A real OpenLDAP server for one test: its own process, port, database and certificates. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Operations } from '../../client/src/generated.ts';

export const directoryPrograms = ['/usr/sbin/slapd', 'openssl'] as const;

export const BASE = 'dc=example,dc=com';
export const PEOPLE = `ou=people,${BASE}`;
export const GROUPS = `ou=groups,${BASE}`;
const BIND_DN = `cn=rollcall,${BASE}`;
/** Another account of a service, with the same password: it is given 500 entries at most, as by default. */
export const LIMITED_DN = `cn=limited,${BASE}`;
const BIND_PASSWORD = 'of the service';

export interface DirectoryServer {
  readonly port: number;
  readonly securePort: number;
  /** The certificate that its own is signed by. */
  readonly caCertificate: string;
  /** Operations that it was asked for so far, as its log has them: `BIND dn="…"`. */
  readonly asked: readonly string[];
  /** Settings with which Rollcall uses it, in clear over loopback. */
  readonly configuration: Operations['systemSetLDAPConfiguration']['input']['configuration'];
  /** Adds entries. */
  add(ldif: string): void;
  /** Ends it, and nothing listens any more. */
  stop(): Promise<void>;
  /** Starts it again, with what it held. */
  restart(): Promise<void>;
}

/** A person of the directory; the password is `of NAME`. */
export const person = (name: string, more = ''): string => `
dn: uid=${name},${PEOPLE}
objectClass: inetOrgPerson
uid: ${name}
cn: ${name} of the directory
sn: ${name}
mail: ${name}@example.com
userPassword: of ${name}
${more}`;

export const groupOf = (name: string, ...members: readonly string[]): string => `
dn: cn=${name},${GROUPS}
objectClass: groupOfNames
cn: ${name}
${members.map((member) => `member: uid=${member},${PEOPLE}`).join('\n')}
`;

const tree = `
dn: ${BASE}
objectClass: dcObject
objectClass: organization
dc: example
o: Example

dn: ${PEOPLE}
objectClass: organizationalUnit
ou: people

dn: ${GROUPS}
objectClass: organizationalUnit
ou: groups

dn: ${BIND_DN}
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: rollcall
userPassword: ${BIND_PASSWORD}

dn: ${LIMITED_DN}
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: limited
userPassword: ${BIND_PASSWORD}
`;

/** Starts a server with these entries; only the service account may search. */
export async function startDirectory(
  t: Pick<TestContext, 'after'>,
  ...entries: readonly string[]
): Promise<DirectoryServer> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-slapd-'));
  const caCertificate = makeCertificates(folder);
  const [port, securePort] = [await freePort(), await freePort()];
  mkdirSync(join(folder, 'data'));
  writeFileSync(
    join(folder, 'slapd.conf'),
    `
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile ${folder}/pid
TLSCACertificateFile ${folder}/ca.pem
TLSCertificateFile ${folder}/server.pem
TLSCertificateKeyFile ${folder}/server.key
database mdb
suffix ${BASE}
directory ${folder}/data
maxsize 67108864
access to attrs=userPassword by anonymous auth
access to * by dn.exact="${BIND_DN}" read by dn.exact="${LIMITED_DN}" read by * none
limits dn.exact="${BIND_DN}" size=unlimited
`,
  );
  const asked: string[] = [];
  const add = (ldif: string): void => {
    execFileSync('/usr/sbin/slapadd', ['-q', '-f', join(folder, 'slapd.conf')], {
      input: ldif,
      stdio: ['pipe', 'ignore', 'pipe'],
    });
  };
  add([tree, ...entries].join('\n'));
  let stop = async (): Promise<void> => {};
  const start = async (): Promise<void> => {
    stop = await run(folder, port, securePort, asked);
  };
  await start();
  t.after(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    port,
    securePort,
    caCertificate,
    asked,
    configuration: {
      enabled: true,
      urls: [`ldap://127.0.0.1:${port}`],
      bindDn: BIND_DN,
      bindPassword: BIND_PASSWORD,
      baseDn: BASE,
    },
    add,
    stop: () => stop(),
    restart: start,
  };
}

/** Resolves once it listens, with what ends it. */
async function run(
  folder: string,
  port: number,
  securePort: number,
  asked: string[],
): Promise<() => Promise<void>> {
  const addresses = `ldap://127.0.0.1:${port} ldaps://127.0.0.1:${securePort}`;
  const child = spawn('/usr/sbin/slapd', ['-h', addresses, '-f', join(folder, 'slapd.conf'), '-d', 'stats'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit');
  const started = Promise.withResolvers<void>();
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) {
      if (line.includes('slapd starting')) started.resolve();
      const operation = /op=\d+ ((?:BIND dn=|SRCH base=|STARTTLS|EXT oid=).*)$/.exec(line)?.[1];
      if (operation !== undefined) asked.push(operation);
    }
  });
  exited.then(() => started.reject(new Error(`slapd has ended: ${text}`)));
  await started.promise;
  return async () => {
    child.kill('SIGKILL');
    await exited;
  };
}

/** A certificate for 127.0.0.1, and the one that signs it, which is the answer. */
function makeCertificates(folder: string): string {
  const openssl = (...args: readonly string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  };
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'] as const;
  openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=authority of the test',
  );
  openssl(
    ...['req', '-x509', ...key, '-keyout', 'server.key', '-out', 'server.pem', '-subj', '/CN=server'],
    ...['-CA', 'ca.pem', '-CAkey', 'ca.key', '-addext', 'subjectAltName=IP:127.0.0.1'],
    ...['-addext', 'basicConstraints=critical,CA:FALSE'],
  );
  return readFileSync(join(folder, 'ca.pem'), 'utf8');
}

/** A certificate that signs nothing of any server. */
export function foreignCertificate(t: Pick<TestContext, 'after'>): string {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-foreign-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return makeCertificates(folder);
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a port is a number');
  return address.port;
}
