import { counted } from '../../output/format.ts';
import type { Screen } from '../../output/screen.ts';

/** Lines about one job that is long come this far apart. */
const REMARK_MS = 5_000;

interface Progress {
  readonly id: number;
  readonly result: 'ready' | 'started';
  readonly chunkCount: number;
  readonly attemptCount: number;
}

/**
 * Repeats a request, under one token, until the dispatcher says that it is ready: each time carries it on. Whoever is cut off
 * has lost nothing; the dispatcher goes on by itself.
 */
export async function untilReady<Answer extends Progress>(
  screen: Screen,
  what: string,
  request: (requestToken: string) => Promise<Answer>,
): Promise<Answer> {
  const requestToken = crypto.randomUUID();
  let told = Date.now();
  for (;;) {
    const answer = await request(requestToken);
    if (answer.result === 'ready') return answer;
    if (Date.now() - told < REMARK_MS) continue;
    told = Date.now();
    const { chunkCount, attemptCount } = answer;
    screen.note(`${what}: ${counted(chunkCount, 'chunk')} and ${counted(attemptCount, 'attempt')} so far`);
  }
}
