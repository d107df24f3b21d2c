/**
 * Reports not yet delivered, on disk, in order: one file each, its number growing. A report is on disk before it is
 * sent, so that the agent's death between the end of a render and the dispatcher's answer loses nothing it knew.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { unfinished, writeWhole } from './files.ts';
import type { Outbox, OutboxEntry, Report } from './ports.ts';

const ending = '.json';
/** As text the numbers sort as they do as numbers. */
const digits = 12;

export class FileOutbox implements Outbox {
  readonly #folder: string;
  readonly #say: (line: string) => void;
  readonly #entries: OutboxEntry[] = [];

  constructor(folder: string, say: (line: string) => void) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folder = folder;
    this.#say = say;
    for (const name of readdirSync(folder).sort()) this.#load(name);
  }

  entries(): readonly OutboxEntry[] {
    return [...this.#entries];
  }

  async add(report: Report): Promise<OutboxEntry> {
    const entry = { number: (this.#entries.at(-1)?.number ?? 0) + 1, report };
    this.#entries.push(entry);
    try {
      await writeWhole(this.#file(entry), `${JSON.stringify(report)}\n`);
    } catch (error) {
      // A full disk must not cost the render's result: it is delivered from memory.
      this.#say(`a report could not be written to disk, it is kept in memory: ${textOf(error)}`);
    }
    return entry;
  }

  async remove(entry: OutboxEntry): Promise<void> {
    const index = this.#entries.indexOf(entry);
    if (index >= 0) this.#entries.splice(index, 1);
    try {
      await rm(this.#file(entry), { force: true });
    } catch (error) {
      this.#say(`a delivered report could not be removed from disk: ${textOf(error)}`);
    }
  }

  #load(name: string): void {
    const file = join(this.#folder, name);
    if (name.endsWith(unfinished)) rmSync(file, { force: true });
    if (!name.endsWith(ending)) return;
    try {
      const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
      this.#entries.push({ number: Number.parseInt(name, 10), report });
    } catch (error) {
      // Files are complete once they have their name, so somebody or a broken disk did this.
      this.#say(`the report ${file} cannot be read and is put aside: ${textOf(error)}`);
      renameSync(file, `${file}.broken`);
    }
  }

  #file({ number }: OutboxEntry): string {
    return join(this.#folder, String(number).padStart(digits, '0') + ending);
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
