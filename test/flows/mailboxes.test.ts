import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startFarm } from '../support/startFarm.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

describe('mailboxes of nodes long gone', () => {
  it('go after a week, those of other nodes stay, and a node that comes back has one again', async (t) => {
    const farm = await startFarm(t);
    const gone = await farm.addNode('gone');
    const here = await farm.addNode('here');
    const assertMailbox = async ({ id }: { id: number }, isThere: boolean): Promise<void> => {
      const receive = () => farm.queues.receive(`rollcall-node-${id}.fifo`);
      await (isThere ? assert.doesNotReject(receive) : assert.rejects(receive, /does not exist/));
    };
    await gone.leave();
    const letHoursPass = async (hours: number): Promise<void> => {
      for (let hour = 0; hour < hours; hour += 1) {
        await here.heartbeat();
        for (let minute = 0; minute < 4; minute += 1) {
          await farm.tick();
          farm.clock.advance(MINUTE_MS);
        }
        farm.clock.advance(HOUR_MS - 4 * MINUTE_MS);
      }
    };

    await letHoursPass(7 * 24 - 1);
    await assertMailbox(gone, true);
    await letHoursPass(2);
    await assertMailbox(gone, false);
    await assertMailbox(here, true);

    await farm.addNode('gone');
    await assertMailbox(gone, true);
  });
});
