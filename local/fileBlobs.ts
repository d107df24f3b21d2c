/**
 * The blob port over plain files: a blob's name is its path below one folder. A blob is either whole or not
 * there: it is written under another name, synced, and then renamed.
 */
import { randomUUID } from 'node:crypto';
import { type FileHandle, link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { BlobStore } from '../shared/blobs/blobStore.ts';
import type { Clock } from '../shared/model/clock.ts';
import { BlobLinks } from './gateway/blobLinks.ts';

export interface FileBlobsOptions {
  readonly directory: string;
  /** The gateway's address as nodes on other machines know it. Asked for each link: it may come late. */
  readonly publicUrl: () => string;
  /** Seals the links. */
  readonly masterKey: Uint8Array;
  readonly clock: Clock;
}

export interface OpenBlob {
  readonly contentType: string;
  readonly size: number;
  readonly content: Readable;
}

/** Uploads under way. No blob's name can begin with a dot. */
const incomingFolder = '.incoming';

/** The type of a blob is told by its name, so that it needs no record beside the file. */
const contentTypes: Readonly<Record<string, string>> = {
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.gz': 'application/gzip',
};

const contentTypeOf = (name: string): string => contentTypes[extname(name)] ?? 'application/octet-stream';

/** Segments that mean themselves in any file system and in a URL; none can lead out of the folder. */
const namePattern =
  /^(?=.{1,500}$)[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}(\/[A-Za-z0-9_-][A-Za-z0-9._-]{0,199})*$/;

export const isBlobName = (name: string): boolean => namePattern.test(name);

export class FileBlobs implements BlobStore {
  readonly links: BlobLinks;
  readonly #directory: string;
  readonly #publicUrl: () => string;
  readonly #clock: Clock;

  private constructor({ directory, publicUrl, masterKey, clock }: FileBlobsOptions) {
    this.#directory = directory;
    this.#publicUrl = publicUrl;
    this.#clock = clock;
    this.links = new BlobLinks(masterKey, clock);
  }

  /** Opens or creates the folder, and clears it of uploads that a kill has cut short. */
  static async open(options: FileBlobsOptions): Promise<FileBlobs> {
    const incoming = join(options.directory, incomingFolder);
    await rm(incoming, { recursive: true, force: true });
    await mkdir(incoming, { recursive: true });
    return new FileBlobs(options);
  }

  async uploadLink(
    name: string,
    { contentType, maximumBytes }: { readonly contentType: string; readonly maximumBytes: number },
  ): Promise<string> {
    this.#fileOf(name);
    if (contentType !== contentTypeOf(name)) {
      throw new Error(`blob ${name} would be read as ${contentTypeOf(name)}, not as ${contentType}`);
    }
    return this.links.make(this.#publicUrl(), { method: 'PUT', name, maximumBytes, contentType });
  }

  async findDownloadLink(name: string): Promise<string | undefined> {
    const blob = await this.find(name);
    blob?.content.destroy();
    return blob && this.links.make(this.#publicUrl(), { method: 'GET', name });
  }

  async size(name: string): Promise<number | undefined> {
    const blob = await this.find(name);
    blob?.content.destroy();
    return blob?.size;
  }

  async writeOnce(name: string, body: Uint8Array): Promise<void> {
    await this.#write(name, [body], async (temporary, file) => {
      // Unlike a rename, a link takes no other's place.
      await ignoring('EEXIST', () => link(temporary, file));
      await rm(temporary);
    });
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    const handle = await openIfThere(this.#fileOf(name));
    if (handle === undefined) return undefined;
    try {
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  }

  async remove(name: string): Promise<void> {
    await rm(this.#fileOf(name), { force: true });
  }

  /** Stores a blob in the place of an earlier one. If `chunks` throws, nothing has changed. */
  async save(name: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    await this.#write(name, chunks, rename);
  }

  async #write(
    name: string,
    chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    place: (temporary: string, file: string) => Promise<void>,
  ): Promise<void> {
    const file = this.#fileOf(name);
    const temporary = join(this.#directory, incomingFolder, randomUUID());
    try {
      const handle = await open(temporary, 'wx');
      try {
        for await (const chunk of chunks) await writeWhole(handle, chunk);
        // Of the farm's clock, by which it is removed again.
        const now = new Date(this.#clock.now());
        await handle.utimes(now, now);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await mkdir(dirname(file), { recursive: true });
      // An empty folder may be removed meanwhile.
      await place(temporary, file).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
        await mkdir(dirname(file), { recursive: true });
        await place(temporary, file);
      });
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    await syncFolder(dirname(file));
  }

  /** Opens a blob; its content must be read or destroyed. An upload that replaces it does not change it. */
  async find(name: string): Promise<OpenBlob | undefined> {
    const handle = await openIfThere(this.#fileOf(name));
    if (handle === undefined) return undefined;
    const { size } = await handle.stat();
    return { contentType: contentTypeOf(name), size, content: handle.createReadStream() };
  }

  #fileOf(name: string): string {
    if (!isBlobName(name)) throw new Error(`not a name of a blob: ${name}`);
    return join(this.#directory, name);
  }
}

const openIfThere = (file: string): Promise<FileHandle | undefined> =>
  ignoring(['ENOENT', 'ENOTDIR'], () => open(file, 'r'));

/** What some work gives, or undefined where the file system refuses it for one of these reasons. */
export async function ignoring<T>(
  codes: string | readonly string[],
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (code !== undefined && [codes].flat().includes(code)) return undefined;
    throw error;
  }
}

async function writeWhole(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let written = 0; written < chunk.length; ) {
    written += (await handle.write(chunk, written)).bytesWritten;
  }
}

/** A rename lasts only when its folder is on disk. Windows cannot sync a folder, and needs not to. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
