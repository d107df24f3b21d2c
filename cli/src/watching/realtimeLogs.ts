/** Real-time logs of nodes that are on while somebody follows, and off again afterwards. */
import { RollcallError } from '../../../client/src/client.ts';
import { beforeLeaving } from '../leaving.ts';
import type { Session } from '../session.ts';

export interface RealtimeLogs {
  /** Turns that of a node on; done once a node, since somebody else may want it off. */
  turnOn(nodeId: number): Promise<void>;
  /** Turns off what was turned on. The end of the program does it otherwise. */
  turnOff(): Promise<void>;
}

export function openRealtimeLogs({ client, screen }: Session): RealtimeLogs {
  const turnOffs = new Map<number, () => Promise<void>>();
  return {
    async turnOn(id) {
      if (turnOffs.has(id)) return;
      // Known before it is on: Ctrl-C may come between.
      const turnOff = beforeLeaving(async () => {
        await client.nodeSetRealtimeLog({ id, status: false });
      });
      turnOffs.set(id, turnOff);
      try {
        await client.nodeSetRealtimeLog({ id, status: true });
      } catch (error) {
        if (!(error instanceof RollcallError && error.status === 403)) throw error;
        turnOffs.set(id, async () => {});
        screen.note(`The output comes when the chunk has ended: ${error.message}`);
        return;
      }
      const { node } = await client.nodeGet({ id });
      screen.note(`Turned the real-time log of node ${node.name} on.`);
    },
    async turnOff() {
      for (const turnOff of turnOffs.values()) await turnOff();
      turnOffs.clear();
    },
  };
}
