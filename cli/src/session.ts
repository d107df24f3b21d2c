/** Which dispatcher a command talks to, as whom, and how it answers. */
import type { Command } from 'commander';
import { type Client, createClient } from '../../client/src/client.ts';
import { type Credentials, findCredentials, findReadableCredentials } from './credentials.ts';
import { exitCodes } from './exitCodes.ts';
import { CliError } from './failure.ts';
import { openScreen, type Screen } from './output/screen.ts';

/** Where `npm start` listens. */
const LOCAL_URL = 'http://127.0.0.1:9890';

/** Somebody sits in front of it: four tries of ten seconds are the most that a person waits for. */
const patience = { retries: 3, timeoutMs: 10_000 } as const;
/** For calls that take all the time that a call has. */
export const longPatience = { retries: 3, timeoutMs: 30_000 } as const;

/** Options that every command takes. */
export interface GlobalOptions {
  readonly url?: string;
  readonly token?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export interface Session {
  readonly client: Client;
  readonly screen: Screen;
  readonly url: string;
}

/** Of somebody who is logged in. */
export interface UserSession extends Session {
  readonly token: string;
}

/** What a command works with. Throws if nobody is logged in to the dispatcher that is meant. */
export function openSession(
  command: Command,
  waits: { readonly retries: number; readonly timeoutMs: number } = patience,
): UserSession {
  const options = command.optsWithGlobals<GlobalOptions>();
  const kept = options.url !== undefined && options.token !== undefined ? undefined : findCredentials();
  const url = options.url ?? kept?.url ?? LOCAL_URL;
  const token = options.token ?? tokenFor(url, kept);
  if (token === undefined) {
    throw new CliError(
      exitCodes.denied,
      `you are not logged in to ${url}; log in: rollcall login${urlOption(options)}`,
    );
  }
  return { url, token, client: createClient({ url, token, ...waits }), screen: screenOf(options) };
}

/** What `login` works with: a dispatcher, and nobody yet. */
export function openAnonymousSession(command: Command): Session {
  const options = command.optsWithGlobals<GlobalOptions>();
  const url = options.url ?? findReadableCredentials()?.url ?? LOCAL_URL;
  return { url, client: createClient({ url, ...patience }), screen: screenOf(options) };
}

export const screenOf = ({ json = false, quiet = false }: GlobalOptions): Screen =>
  openScreen({ json, quiet });

/** A token goes to the dispatcher that gave it and to no other, whatever --url says. */
function tokenFor(url: string, kept: Credentials | undefined): string | undefined {
  return kept !== undefined && URL.parse(kept.url)?.origin === URL.parse(url)?.origin
    ? kept.token
    : undefined;
}

const urlOption = ({ url }: GlobalOptions): string => (url === undefined ? '' : ` --url ${url}`);
