/** Prints the output of a chunk as it is written. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Client, RollcallError } from '../../../client/src/client.ts';
import { downloadLog } from '../downloadBlob.ts';
import { openLogWriter } from '../output/logWriter.ts';
import type { Session } from '../session.ts';
import { poll } from './poll.ts';
import { openRealtimeLogs } from './realtimeLogs.ts';

/** A node uploads a log right after it has reported the end; a busy line may take a while. */
const UPLOAD_SECONDS = 20;

interface Followed {
  readonly jobId: number;
  readonly chunkId: number;
  readonly attempt: number | undefined;
}

/**
 * Follows one attempt to its end: the last one, or the first that begins if none has. What was not sent while it ran is
 * printed from the log that its node uploads.
 */
export async function followLog(
  session: Session,
  followed: Followed,
  intervalSeconds: number,
): Promise<void> {
  const { client, screen } = session;
  const { jobId, chunkId } = followed;
  const writer = openLogWriter(screen);
  const realtimeLogs = openRealtimeLogs(session);
  let { attempt } = followed;
  let hasSaidWaiting = false;
  const look = async (): Promise<boolean> => {
    if (attempt === undefined) {
      const { chunk } = await client.chunkGet({ jobId, chunkId });
      if (chunk.attempt === 0) {
        if (!hasSaidWaiting) screen.note(`Chunk ${chunkId} of job ${jobId} has not begun; waiting for it.`);
        hasSaidWaiting = true;
        return true;
      }
      attempt = chunk.attempt;
    }
    const live = await client.chunkGetLiveLog({ jobId, chunkId, attempt, after: writer.length() });
    if (live.from > writer.length()) {
      screen.note(`${live.from - writer.length()} characters are left out here; the whole log has them.`);
    }
    writer.write({ attempt, from: live.from, text: live.text });
    if (live.isRunning && !live.isLive && live.nodeId !== null) await realtimeLogs.turnOn(live.nodeId);
    return live.isRunning;
  };
  try {
    if (await look()) await poll(intervalSeconds, look, (trouble) => screen.note(trouble));
  } finally {
    await realtimeLogs.turnOff();
  }
  if (attempt === undefined) return;
  const whole = await findWholeLog(client, { jobId, chunkId, attempt });
  if (whole === undefined) screen.note('The log was not uploaded; this is all that there is.');
  else if (!writer.continues(whole)) {
    screen.note(`The log was shortened; whole: rollcall logs ${jobId} ${chunkId} --attempt ${attempt}`);
  } else {
    writer.write({ attempt, from: writer.length(), text: whole.slice(writer.length()) });
  }
  writer.end();
}

async function findWholeLog(
  client: Client,
  key: { readonly jobId: number; readonly chunkId: number; readonly attempt: number },
): Promise<string | undefined> {
  const until = Date.now() + UPLOAD_SECONDS * 1_000;
  for (;;) {
    try {
      return await downloadLog((await client.chunkGetLog(key)).url);
    } catch (error) {
      if (!(error instanceof RollcallError && error.code === 'not-found')) throw error;
      if (Date.now() > until) return undefined;
      await pause(500);
    }
  }
}
