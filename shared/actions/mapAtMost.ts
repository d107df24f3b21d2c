/**
 * Calls `work` for every item, `count` at a time and the next one as soon as one is done; answers in the order of
 * the items. The first failure is thrown; what has begun by then ends on its own.
 */
export async function mapAtMost<T, R>(
  count: number,
  items: readonly T[],
  work: (item: T, position: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(items.length);
  const rest = items.entries();
  const takeTurns = async (): Promise<void> => {
    for (const [position, item] of rest) results[position] = await work(item, position);
  };
  await Promise.all(Array.from({ length: Math.min(count, items.length) }, takeTurns));
  return results;
}
