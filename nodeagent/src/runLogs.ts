/** Output of attempts on disk: written while they run, kept until it is uploaded. */
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  type WriteStream,
} from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AssignmentKey } from '../../client/src/generated.ts';
import type { Output, OutputPart, RunLogs } from './ports.ts';
import { BoundedText, cutMiddle } from './runner/boundedText.ts';

/** Being written, waiting to be uploaded, not uploaded for good. */
const endings = { running: '.running', waiting: '.log', kept: '.kept' } as const;
/** Of the picture beside an output that runs or waits. */
const pictureEnding = '.jpg';
const mostKept = 50;
const mostWaiting = 50;
/** Outputs that could not be written and wait in memory. */
const mostInMemory = 4;
const uploadTimeoutMs = 120_000;

export class FileRunLogs implements RunLogs {
  readonly #folder: string;
  readonly #say: (line: string) => void;
  readonly #inMemory = new Map<string, string>();
  readonly #leftovers: AssignmentKey[];

  constructor(folder: string, say: (line: string) => void) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folder = folder;
    this.#say = say;
    // What a killed agent was writing is as much of that output as there will ever be.
    for (const name of this.#oldestFirst(endings.running)) {
      renameSync(join(folder, name), join(folder, name.slice(0, -endings.running.length) + endings.waiting));
    }
    this.#dropOldest(endings.waiting, mostWaiting);
    this.#dropOldest(endings.kept, mostKept);
    this.#leftovers = this.#oldestFirst(endings.waiting)
      .map((name) => keyOf(name.slice(0, -endings.waiting.length)))
      .filter((key) => key !== undefined);
  }

  leftovers(): readonly AssignmentKey[] {
    return this.#leftovers;
  }

  /** Begins the output of an attempt. */
  open(attempt: AssignmentKey): RunLog {
    return new RunLog(this.#file(attempt, endings.running), async (text, isOnDisk) => {
      const file = this.#file(attempt, endings.running);
      try {
        if (!isOnDisk) throw new Error('the disk is full, or not writable');
        await rename(file, this.#file(attempt, endings.waiting));
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        this.#say(`output of job ${attempt.jobId} could not be written, it waits in memory: ${reason}`);
        await rm(file, { force: true }).catch(() => {});
        this.#remember(nameOf(attempt), text);
      }
    });
  }

  /** Keeps the picture of an attempt until it is uploaded; gives back why that cannot be. */
  async addThumbnail(attempt: AssignmentKey, picture: Uint8Array): Promise<string | undefined> {
    const file = this.#file(attempt, pictureEnding);
    try {
      await writeFile(file, picture, { mode: 0o600 });
      return undefined;
    } catch (error) {
      // Half a picture is none.
      await rm(file, { force: true }).catch(() => {});
      return error instanceof Error ? error.message : String(error);
    }
  }

  hasThumbnail(attempt: AssignmentKey): boolean {
    return existsSync(this.#file(attempt, pictureEnding));
  }

  async upload(
    attempt: AssignmentKey,
    { url, maximumBytes, thumbnail }: Output<'nodeUploadLog'>,
  ): Promise<void> {
    const text =
      this.#inMemory.get(nameOf(attempt)) ??
      (await findFile(this.#file(attempt, endings.waiting)))?.toString('utf8');
    if (text !== undefined) {
      await put(url, 'text/plain; charset=utf-8', cutMiddle(text, maximumBytes));
    }
    if (thumbnail === undefined) return;
    const picture = await findFile(this.#file(attempt, pictureEnding));
    if (picture !== undefined) await put(thumbnail.url, 'image/jpeg', picture);
  }

  async discard(attempt: AssignmentKey): Promise<void> {
    this.#inMemory.delete(nameOf(attempt));
    for (const ending of [endings.waiting, pictureEnding]) {
      await rm(this.#file(attempt, ending), { force: true }).catch(() => {});
    }
  }

  async keep(attempt: AssignmentKey): Promise<void> {
    this.#inMemory.delete(nameOf(attempt));
    const file = this.#file(attempt, endings.waiting);
    await rename(file, this.#file(attempt, endings.kept)).catch(() => {});
    await rm(this.#file(attempt, pictureEnding), { force: true }).catch(() => {});
    this.#dropOldest(endings.kept, mostKept);
  }

  #file(attempt: AssignmentKey, ending: string): string {
    return join(this.#folder, nameOf(attempt) + ending);
  }

  #remember(name: string, text: string): void {
    this.#inMemory.set(name, text);
    for (const oldest of this.#inMemory.keys()) {
      if (this.#inMemory.size <= mostInMemory) break;
      this.#inMemory.delete(oldest);
    }
  }

  #oldestFirst(ending: string): string[] {
    return readdirSync(this.#folder)
      .filter((name) => name.endsWith(ending))
      .map((name) => ({ name, at: statSync(join(this.#folder, name)).mtimeMs }))
      .sort((a, b) => a.at - b.at)
      .map(({ name }) => name);
  }

  #dropOldest(ending: string, most: number): void {
    const names = this.#oldestFirst(ending);
    for (const name of names.slice(0, Math.max(0, names.length - most))) {
      rmSync(join(this.#folder, name), { force: true });
      rmSync(join(this.#folder, name.slice(0, -ending.length) + pictureEnding), { force: true });
    }
  }
}

/** The output of one attempt while it runs: its beginning is on disk at once, its bounded end when it is closed. */
export class RunLog {
  readonly #text = new BoundedText();
  readonly #stream: WriteStream;
  readonly #close: (text: string, isOnDisk: boolean) => Promise<void>;
  #isOnDisk = true;

  constructor(file: string, close: (text: string, isOnDisk: boolean) => Promise<void>) {
    this.#close = close;
    this.#stream = createWriteStream(file, { mode: 0o600 });
    // A full disk costs the file, not the render: the text is in memory too.
    this.#stream.on('error', () => {
      this.#isOnDisk = false;
    });
  }

  /** Takes one line. */
  write(line: string): void {
    const isHead = this.#text.append(`${line}\n`);
    if (isHead && this.#isOnDisk) this.#stream.write(`${line}\n`);
  }

  /** At most so many characters from one on, as far as they are kept. */
  part(from: number, most: number): OutputPart {
    return this.#text.part(from, most);
  }

  /** Characters written so far. */
  get length(): number {
    return this.#text.length;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#stream.on('close', resolve);
      if (this.#stream.closed) resolve();
      else this.#stream.end(this.#text.rest);
    });
    await this.#close(this.#text.text, this.#isOnDisk);
  }
}

async function put(url: string, contentType: string, body: string | Uint8Array): Promise<void> {
  const response = await fetch(url, {
    method: 'PUT',
    headers: { 'content-type': contentType },
    body: body as string | Uint8Array<ArrayBuffer>,
    signal: AbortSignal.timeout(uploadTimeoutMs),
  });
  // Unread bodies hold their connection.
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`the upload was answered with ${response.status}`);
}

async function findFile(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The name holds the whole key, so that the output can be uploaded by a later agent. */
const nameOf = ({ jobId, generation, index, total, attempt, token }: AssignmentKey): string =>
  [
    `job=${jobId}&generation=${generation}&index=${index}&total=${total}&attempt=${attempt}`,
    `token=${encodeURIComponent(token).replaceAll('*', '%2A')}`,
  ].join('&');

function keyOf(name: string): AssignmentKey | undefined {
  const fields = new URLSearchParams(name);
  const number = (field: string): number => Number.parseInt(fields.get(field) ?? '', 10);
  const key: AssignmentKey = {
    jobId: number('job'),
    generation: number('generation'),
    index: number('index'),
    total: number('total'),
    attempt: number('attempt'),
    token: fields.get('token') ?? '',
  };
  // A file of somebody else's, or of an agent that named them differently.
  return nameOf(key) === name ? key : undefined;
}
