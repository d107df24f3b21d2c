/** One connection to a server of a directory, encrypted as it is configured, with a deadline for all of it. */
import { connect, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectSecurely } from 'node:tls';
import { Client, type Entry, type SearchOptions } from 'ldapts';
import type { LdapConfiguration } from '../model/ldapConfiguration.ts';

/** The directory did not answer, or not as it should; whether a password is right is not known. */
export class DirectoryError extends Error {
  override readonly name = 'DirectoryError';
}

export interface LdapConnection {
  bind(dn: string, password: string): Promise<void>;
  search(base: string, options: SearchOptions): Promise<readonly Entry[]>;
  pages(base: string, options: SearchOptions): AsyncGenerator<readonly Entry[]>;
}

/** Opens a connection for `talk` and closes it, at the deadline in the middle of whatever is said. */
export async function openLdap<Answer>(
  url: string,
  { startTls, caCertificate }: LdapConfiguration,
  milliseconds: number,
  talk: (connection: LdapConnection) => Promise<Answer>,
): Promise<Answer> {
  const { protocol, hostname } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const security: ConnectionOptions = {
    // Whose certificate it must be.
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(caCertificate === null ? {} : { ca: caCertificate }),
    minVersion: 'TLSv1.2',
  };
  const sockets: Socket[] = [];
  /** The client would open a lost connection anew, without the encryption that StartTLS has given the first. */
  const once = <S extends Socket>(open: () => S): S => {
    if (sockets.length > 0) throw new DirectoryError(`${url} has closed the connection`);
    const socket = open();
    sockets.push(socket);
    return socket;
  };
  const client = new Client({
    url,
    createConnection: ((port: number, name: string) => once(() => connect(port, name))) as typeof connect,
    createSecureConnection: ((...given: [ConnectionOptions] | [number, string, ConnectionOptions]) =>
      given.length === 1
        ? connectSecurely(given[0])
        : once(() => connectSecurely(...given))) as typeof connectSecurely,
    ...(protocol === 'ldaps:' ? { tlsOptions: security } : {}),
  });
  const connection: LdapConnection = {
    bind: (dn, password) => client.bind(dn, password),
    search: async (base, options) => (await client.search(base, options)).searchEntries,
    async *pages(base, options) {
      for await (const { searchEntries } of client.searchPaginated(base, options)) yield searchEntries;
    },
  };
  const conversation = async (): Promise<Answer> => {
    if (startTls && protocol === 'ldap:') await client.startTLS(security);
    return talk(connection);
  };
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new DirectoryError(`${url} has not answered within ${milliseconds} ms`)),
    milliseconds,
  );
  try {
    const talked = conversation();
    // Who comes too late is not heard any more.
    talked.catch(() => {});
    return await Promise.race([talked, late.promise]);
  } finally {
    clearTimeout(timer);
    for (const socket of sockets) {
      socket.on('error', () => {});
      socket.destroy();
    }
  }
}
