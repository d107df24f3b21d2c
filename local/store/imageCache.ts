import type { Key } from '../../shared/store/table.ts';
import type { TableName } from '../../shared/store/tables.ts';
import type { Image } from './image.ts';

/** Beyond so many everything is forgotten, which costs one read each. */
const CAPACITY = 4_000;

/**
 * Images of the items that were read or written last. Job states and node states change all the time: without
 * it each change would read and parse anew what the change before has just written. What is in it is what the
 * open transaction sees, so it must be cleared whenever something is undone.
 */
export class ImageCache {
  readonly #images = new Map<string, Image>();

  find(table: TableName, key: Key): Image | undefined {
    return this.#images.get(addressOf(table, key));
  }

  keep(table: TableName, key: Key, image: Image): void {
    if (this.#images.size >= CAPACITY) this.#images.clear();
    this.#images.set(addressOf(table, key), image);
  }

  drop(table: TableName, key: Key): void {
    this.#images.delete(addressOf(table, key));
  }

  clear(): void {
    this.#images.clear();
  }
}

/** With the length of the first part no two keys share an address. */
const addressOf = (table: TableName, { pk, sk }: Key): string => `${table}:${pk.length}:${pk}${sk}`;
