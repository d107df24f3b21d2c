/** Prints changes of the farm as they are seen, one a line. */
import { safeJson } from '../output/printable.ts';
import type { Screen } from '../output/screen.ts';
import type { Change } from './changes.ts';
import { changeText } from './changeText.ts';

export function printChanges(screen: Screen, changes: readonly Change[], at: Date): void {
  screen.print(
    changes.map((change) =>
      screen.isJson
        ? safeJson({ at: at.toISOString(), ...withoutBefore(change) })
        : changeText(change, at, screen.width(), screen.paint),
    ),
  );
}

/** Whoever reads the documents has the one before. */
function withoutBefore(change: Change): object {
  if (!('before' in change)) return change;
  const { before: _, ...rest } = change;
  return rest;
}
