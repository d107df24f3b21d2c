/** What has to be put back before the program ends, by Ctrl-C too. */

/** Somebody who pressed Ctrl-C does not wait longer. */
const PATIENCE_MS = 5_000;

const duties = new Set<() => Promise<void>>();
let isLeaving = false;

/** Has something done before the program ends. The function that it gives does it earlier; it is done once. */
export function beforeLeaving(duty: () => Promise<void>): () => Promise<void> {
  duties.add(duty);
  return async () => {
    if (duties.delete(duty)) await duty();
  };
}

/** Ends the program once everything is put back; asked for a second time, at once. */
export async function leave(exitCode: number): Promise<void> {
  if (isLeaving || duties.size === 0) process.exit(exitCode);
  isLeaving = true;
  setTimeout(() => process.exit(exitCode), PATIENCE_MS);
  await Promise.allSettled([...duties].map((duty) => duty()));
  process.exit(exitCode);
}
