/** One command for several jobs, chunks or nodes: a refusal of one does not keep it from the others. */
import { RollcallError, UnreachableError } from '../../client/src/client.ts';
import { exitCodeOf } from './failure.ts';
import type { Screen } from './output/screen.ts';

/** Requests under way at a time: quick, and far from what one user may send. */
const AT_A_TIME = 8;
const MOST_ERROR_LINES = 10;

export interface Outcome<Item> {
  readonly done: readonly Item[];
  readonly failed: readonly { readonly item: Item; readonly error: RollcallError | UnreachableError }[];
}

/** Runs a command for each. Stops asking once nobody answers, or knows who asks. */
export async function eachOf<Item>(
  items: readonly Item[],
  run: (item: Item) => Promise<unknown>,
): Promise<Outcome<Item>> {
  const errors = new Map<Item, RollcallError | UnreachableError>();
  let hopeless: RollcallError | UnreachableError | undefined;
  const rest = items.values();
  const work = async (): Promise<void> => {
    for (const item of rest) {
      try {
        if (hopeless !== undefined) throw hopeless;
        await run(item);
      } catch (error) {
        if (!(error instanceof RollcallError || error instanceof UnreachableError)) throw error;
        if (error instanceof UnreachableError || error.status === 401) hopeless = error;
        errors.set(item, error);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return {
    done: items.filter((item) => !errors.has(item)),
    failed: items.flatMap((item) => {
      const error = errors.get(item);
      return error === undefined ? [] : [{ item, error }];
    }),
  };
}

/** Tells what was done and, as errors, what was not; the exit code is that of the first refusal. */
export function answerOutcome<Item extends string | number>(
  screen: Screen,
  outcome: Outcome<Item>,
  text: (done: readonly Item[]) => string,
): void {
  const { done } = outcome;
  screen.answer({
    json: () => ({ done, failed: failures(outcome) }),
    text: () => (done.length > 0 ? [text(done)] : []),
  });
  showFailures(screen, outcome);
}

/** What was not done, as it stands in a JSON document. */
export const failures = <Item>({ failed }: Outcome<Item>): object[] =>
  failed.map(({ item, error }) => ({
    id: item,
    code: error instanceof RollcallError ? error.code : 'unreachable',
    message: error.message,
  }));

/** What was not done, as errors; the exit code is that of the first. */
export function showFailures<Item>(screen: Screen, { failed }: Outcome<Item>): void {
  const shown = new Set(failed.map(({ error }) => error));
  for (const error of [...shown].slice(0, MOST_ERROR_LINES)) screen.error(error);
  if (shown.size > MOST_ERROR_LINES) screen.note(`and ${shown.size - MOST_ERROR_LINES} more such errors`);
  const [first] = failed;
  if (first !== undefined) process.exitCode = exitCodeOf(first.error);
}
