/** What a node keeps on disk, one folder for each node of the agent: its identity, outbox, logs, running render. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { writeWholeNow } from './files.ts';

/** Something about the machine or the command line that a person has to put right; ends the agent. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
  readonly exitCode: number;

  constructor(exitCode: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** SQLite's result code for a lock that somebody else holds. */
const sqliteBusy = 5;

export const defaultDataFolder = (): string => join(homedir(), '.rollcall-node');

/**
 * Makes this agent the only one that uses the folder, until it ends in whatever way. The lock is SQLite's on an empty
 * database: Node has no file locks of its own, and a file with a process number in it can be stale.
 */
export function lockDataFolder(folder: string): { release(): void } {
  // Asked for, not imported: an import that is missing ends the process before anything can be said.
  const sqlite = process.getBuiltinModule('node:sqlite');
  if (sqlite === undefined) {
    throw new SetupError(
      6,
      `rollcall-node needs Node 22.13 or later, this is ${process.versions.node}: install a later one`,
    );
  }
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    database = new sqlite.DatabaseSync(join(folder, 'agent.lock'));
    // A journal in a file would need room, and the disk may be full.
    database.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (cause) {
    database?.close();
    const isTaken = (cause as { errcode?: number }).errcode === sqliteBusy;
    const text = isTaken
      ? `another rollcall-node uses the data folder ${folder}: stop it, or give this one another folder with --data`
      : `the data folder ${folder} cannot be used: ${textOf(cause)}`;
    throw new SetupError(6, text, { cause });
  }
  const held = database;
  return { release: () => held.close() };
}

/** Sets up what a node keeps on disk; whatever the system refuses there is for a person to put right. */
export function setUpFolder<T>(dataFolder: string, name: string, setUp: (folder: string) => T): T {
  const folder = join(dataFolder, folderName(name));
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return setUp(folder);
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    throw new SetupError(6, `the data folder ${folder} cannot be used: ${cause.message}`, { cause });
  }
}

/** The secret that proves who the node is; made up at the first start, then kept. */
export function nodeSecret(folder: string): string {
  const file = join(folder, 'identity.json');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const secret = randomBytes(32).toString('base64url');
    writeWholeNow(file, `${JSON.stringify({ secret })}\n`);
    return secret;
  }
  try {
    const { secret } = JSON.parse(text) as { secret?: unknown };
    if (typeof secret === 'string' && secret.length >= 16) return secret;
  } catch {
    // Told below: a new secret would make this another node, which nobody wants to happen unasked.
  }
  throw new SetupError(
    6,
    `${file} is damaged: put it back from a backup, or remove it to make this a new node under another name`,
  );
}

/** Any name is a node's name, not any is a folder's. */
function folderName(name: string): string {
  const encoded = encodeURIComponent(name).replaceAll('*', '%2A').replace(/^\./, '%2E');
  if (encoded.length <= 120) return encoded;
  return `${encoded.slice(0, 100)}-${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
