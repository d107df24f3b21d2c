/** Items as DynamoDB's wire format spells them, and back. */
import { marshall, type NativeAttributeValue, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Item, Value } from './table.ts';

/** A typed value on the wire (`{"S": "text"}`), of the kinds that {@link Value} has. */
export type WireValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: boolean }
  | { readonly L: WireValue[] }
  | { readonly M: Record<string, WireValue> };

export type WireItem = Record<string, WireValue>;

/** Throws for `undefined` and for numbers that are none, anywhere inside. */
export function toWire(attributes: { readonly [name: string]: Value }): WireItem {
  // Doubles of any size are exact enough here: they go back into doubles. The library's limit is for money.
  return marshall(attributes as Record<string, NativeAttributeValue>, {
    allowImpreciseNumbers: true,
  }) as WireItem;
}

export function fromWire(attributes: Parameters<typeof unmarshall>[0]): Item {
  return unmarshall(attributes, { wrapNumbers: Number }) as Item;
}
