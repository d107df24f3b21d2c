/** What became of the newest commands, in one small file. A command waits for an hour, so older ones cannot come again. */
import { readFileSync, renameSync } from 'node:fs';
import { writeWholeNow } from '../files.ts';
import type { CommandAnswer, CommandNote, CommandNotes } from '../ports.ts';

const mostNotes = 200;

export class FileCommandNotes implements CommandNotes {
  readonly #file: string;
  readonly #say: (line: string) => void;
  #notes: Map<string, CommandNote>;

  constructor(file: string, say: (line: string) => void) {
    this.#file = file;
    this.#say = say;
    this.#notes = this.#load();
  }

  find(commandId: string): CommandNote | undefined {
    return this.#notes.get(commandId);
  }

  begin(commandId: string): void {
    this.#notes.set(commandId, { state: 'begun' });
    try {
      this.#write();
    } catch (error) {
      this.#notes.delete(commandId);
      throw error;
    }
  }

  keepAnswer(commandId: string, answer: CommandAnswer): void {
    this.#change(commandId, { state: 'carried-out', answer });
  }

  settle(commandId: string): void {
    this.#change(commandId, { state: 'answered' });
  }

  #change(commandId: string, note: CommandNote): void {
    this.#notes.set(commandId, note);
    try {
      this.#write();
    } catch (error) {
      // It is known in memory; a later agent answers that the command was begun.
      this.#say(`what became of a command cannot be written to disk: ${textOf(error)}`);
    }
  }

  #write(): void {
    for (const oldest of this.#notes.keys()) {
      if (this.#notes.size <= mostNotes) break;
      this.#notes.delete(oldest);
    }
    writeWholeNow(this.#file, `${JSON.stringify([...this.#notes])}\n`);
  }

  #load(): Map<string, CommandNote> {
    let text: string;
    try {
      text = readFileSync(this.#file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
      throw error;
    }
    try {
      return new Map(JSON.parse(text) as [string, CommandNote][]);
    } catch (error) {
      // The file is complete once it has its name, so somebody or a broken disk did this.
      this.#say(`${this.#file} cannot be read and is put aside: ${textOf(error)}`);
      renameSync(this.#file, `${this.#file}.broken`);
      return new Map();
    }
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
