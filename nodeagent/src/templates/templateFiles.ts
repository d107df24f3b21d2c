/** Texts of templates on disk, each fetched once: its name is its hash, so a file never changes. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { WorkOrder } from '../../../client/src/generated.ts';
import { writeWhole } from '../files.ts';
import { HookFailure } from './hookFailure.ts';

export type PythonOrder = NonNullable<WorkOrder['python']>;

const tries = 3;
const pauseMs = 1_000;
const patienceMs = 60_000;
/** Above what a push may have. */
const mostBytes = 4 * 1_024 * 1_024;
/** Those that were used last stay. */
const mostFiles = 64;

export class TemplateFiles {
  readonly #folder: string;
  /** Hashes that were found good since the agent started. */
  readonly #good = new Set<string>();

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folder = folder;
  }

  /** Path of the template's file. Throws `HookFailure`. */
  async find(order: PythonOrder, signal: AbortSignal): Promise<string> {
    const file = join(this.#folder, `${order.sha256}.py`);
    if (this.#isGood(order.sha256, file)) return file;
    const text = await fetchText(order, signal);
    try {
      await writeWhole(file, text);
      this.#dropOldest();
    } catch (cause) {
      throw new HookFailure(`template ${order.name} cannot be written to disk: ${reasonOf(cause)}`, {
        cause,
      });
    }
    this.#good.add(order.sha256);
    return file;
  }

  /** Whether the file is there and whole; notes that it is used. One that cannot be read is fetched again. */
  #isGood(sha256: string, file: string): boolean {
    try {
      if (!this.#good.has(sha256) && hashOf(readFileSync(file, 'utf8')) !== sha256) return false;
      const now = new Date();
      utimesSync(file, now, now);
    } catch {
      return false;
    }
    this.#good.add(sha256);
    return true;
  }

  #dropOldest(): void {
    const files = readdirSync(this.#folder)
      .map((name) => ({ name, at: statSync(join(this.#folder, name)).mtimeMs }))
      .sort((a, b) => b.at - a.at);
    for (const { name } of files.slice(mostFiles)) {
      this.#good.delete(name.replace(/\.py$/, ''));
      rmSync(join(this.#folder, name), { force: true });
    }
  }
}

async function fetchText({ name, url, sha256 }: PythonOrder, signal: AbortSignal): Promise<string> {
  if (url === null) {
    throw new HookFailure(`the text of template ${name} is not kept any more: push it again`);
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(url, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
      });
      const packed = Buffer.from(await response.arrayBuffer());
      if (!response.ok) throw new Error(`the answer was ${response.status}`);
      const text = (await promisify(gunzip)(packed, { maxOutputLength: mostBytes })).toString();
      if (hashOf(text) !== sha256) throw new Error('what came is not what was pushed');
      return text;
    } catch (cause) {
      if (attempt === tries || signal.aborted) {
        throw new HookFailure(`template ${name} cannot be fetched: ${reasonOf(cause)}`, { cause });
      }
      await delay(pauseMs * attempt, undefined, { ref: false });
    }
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
