/**
 * A value that is made when it is first asked for and stays the same from then on. Schemas with a name are such values: a
 * function that starts from cold would make all of them, and mostly parses by two.
 */
export function onDemand<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
