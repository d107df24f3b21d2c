/** Being told what changes, so that it is looked at in that moment. */
import { setTimeout as delay } from 'node:timers/promises';
import type { LiveEvent } from '../../../client/src/generated.ts';
import { type LiveLoss, openLive, type Subscription } from '../../../client/src/live.ts';
import packageJson from '../../package.json' with { type: 'json' };
import type { UserSession } from '../session.ts';

export interface HearingOptions {
  readonly subscriptions: readonly Subscription[];
  /** How often is looked while nothing is told. */
  readonly intervalSeconds: number;
  /** What has changed; `all` after a time of which nothing is known. */
  readonly onNews?: (news: readonly LiveEvent[] | 'all') => void;
  /** Why nothing is told; undefined once it is. */
  readonly onTrouble: (text: string | undefined) => void;
}

export interface Hearing {
  /** Whether changes are told at present. */
  isOn(): boolean;
  /** Resolves once it is known whether changes are told. */
  readonly begun: Promise<void>;
  /** Waits so long, or for news if that is earlier; without a time for news alone. */
  pause(milliseconds: number | undefined): Promise<void>;
  /** Afterwards the program does nothing more than end. */
  close(): void;
}

const FAREWELL_MS = 1_000;

export function openHearing({ client, token }: UserSession, options: HearingOptions): Hearing {
  const { onNews, onTrouble } = options;
  const begun = Promise.withResolvers<void>();
  let news = Promise.withResolvers<void>();
  let isOn = false;
  const turn = (on: boolean, trouble: string | undefined): void => {
    isOn = on;
    onTrouble(trouble);
    onNews?.('all');
    begun.resolve();
    news.resolve();
  };
  const live = openLive({
    client,
    token,
    version: `rollcall/${packageJson.version}`,
    subscriptions: options.subscriptions,
    onHearing: () => turn(true, undefined),
    onEvents(events) {
      onNews?.(events);
      news.resolve();
    },
    onLoss(loss) {
      // A connection ends every two hours; that is worth a word only if the next cannot be had, or somebody ended it.
      if (isOn || loss.failures === 1 || loss.isFinal) turn(false, troubleOf(loss, options.intervalSeconds));
    },
  });
  return {
    isOn: () => isOn,
    begun: begun.promise,
    async pause(milliseconds) {
      const waiting = new AbortController();
      const { signal } = waiting;
      await Promise.race([
        news.promise,
        ...(milliseconds === undefined ? [] : [delay(milliseconds, undefined, { signal }).catch(() => {})]),
      ]);
      waiting.abort();
      news = Promise.withResolvers();
    },
    close() {
      live.close();
      // A WebSocket waits for the other side, and one that has vanished never answers.
      setTimeout(() => process.exit(), FAREWELL_MS).unref();
    },
  };
}

function troubleOf({ reason, isTold, failures }: LiveLoss, intervalSeconds: number): string | undefined {
  if (failures > 0) return `Changes are not told, ${reason}; looking every ${intervalSeconds} s`;
  return isTold ? `The dispatcher has ended the connection: ${reason}; connecting again` : undefined;
}
