/** What `rollcall login` keeps between calls: one dispatcher and the token for it. */
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { exitCodes } from './exitCodes.ts';
import { CliError } from './failure.ts';

export interface Credentials {
  readonly url: string;
  readonly token: string;
  /** User whose token it is. */
  readonly name: string;
  readonly expiresAt: string;
}

/** `~/.config/rollcall/credentials.json`, or below XDG_CONFIG_HOME. The XDG rules say that a relative one counts as unset. */
export function credentialsFile(): string {
  const configured = process.env['XDG_CONFIG_HOME'] ?? '';
  const folder = isAbsolute(configured) ? configured : join(homedir(), '.config');
  return join(folder, 'rollcall', 'credentials.json');
}

/** What is kept; undefined if nobody is logged in. */
export function findCredentials(): Credentials | undefined {
  let text: string;
  try {
    text = readFileSync(credentialsFile(), 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw unusable(error);
  }
  try {
    const kept = JSON.parse(text) as Partial<Credentials> | null;
    if (typeof kept?.url !== 'string' || typeof kept.token !== 'string')
      throw new Error('url or token is missing');
    return { url: kept.url, token: kept.token, name: kept.name ?? '', expiresAt: kept.expiresAt ?? '' };
  } catch (error) {
    throw unusable(error);
  }
}

/** The same; undefined too for a file that cannot be read, which keeps nobody from logging in anew or out. */
export function findReadableCredentials(): Credentials | undefined {
  try {
    return findCredentials();
  } catch (error) {
    if (error instanceof CliError) return undefined;
    throw error;
  }
}

/** Replaces what is kept in one step, readable by this user alone from its first byte on. */
export function saveCredentials(credentials: Credentials): void {
  const file = credentialsFile();
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.${randomUUID()}`;
  try {
    const handle = openSync(fresh, 'wx', 0o600);
    try {
      writeSync(handle, `${JSON.stringify(credentials, null, 2)}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(fresh, file);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

/** Whether there was something to forget. */
export function forgetCredentials(): boolean {
  try {
    rmSync(credentialsFile());
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

function unusable(cause: unknown): CliError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new CliError(
    exitCodes.denied,
    `${credentialsFile()} cannot be used (${reason}); make it anew: rollcall login`,
    { cause },
  );
}
