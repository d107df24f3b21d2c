import { itemSize } from '../../shared/store/itemSize.ts';
import type { Item } from '../../shared/store/table.ts';

/** An item as it is stored: its JSON text and size. The text is parsed only when somebody asks, and once. */
export class Image {
  readonly text: string;
  readonly size: number;
  #item: Item | undefined;

  private constructor(text: string, size: number, item: Item | undefined) {
    this.text = text;
    this.size = size;
    this.#item = item;
  }

  /** The image of an item that is about to be stored; throws for one that DynamoDB would not store. */
  static of(item: Item): Image {
    const size = itemSize(item);
    return new Image(JSON.stringify(item), size, item);
  }

  static stored(text: string, size: number): Image {
    return new Image(text, size, undefined);
  }

  get item(): Item {
    this.#item ??= JSON.parse(this.text) as Item;
    return this.#item;
  }
}
