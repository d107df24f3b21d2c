/** The bus as a studio uses it: a rule of its own that sends what it asks for to a queue of its own. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import type { StartAwsFarm } from '../awsFarm.ts';
import type { Call } from '../readCall.ts';

/** A put as things happen, not one from the queue. */
const isFirstPut = ({ service, operation, accessKey }: Call): boolean =>
  service === 'events' && operation === 'PutEvents' && accessKey === 'rollcall-try-projector';

export function eventStories(startAwsFarm: StartAwsFarm): void {
  describe('the bus of events', () => {
    it('brings what a rule asks for to its queue, and nothing else', async (t) => {
      const farm = await startAwsFarm(t);
      const heard = await farm.listen({
        source: ['rollcall'],
        'detail-type': ['Job Started', 'Job Completed', 'Job Failed'],
        detail: { project: ['dusk'] },
      });
      const { id } = await farm.admin.jobSubmit({ job: { ...aJob(1), name: 'shot 10', project: 'dusk' } });
      await farm.admin.jobSubmit({ job: aJob(1) });
      const node = await farm.addNode('wall-e');
      await node.claim();
      await farm.drain();
      await node.report();
      await node.report();
      await farm.drain();

      assert.deepEqual(
        (await heard()).map(({ source, type, detail }) => [
          source,
          type,
          detail['jobId'],
          detail['name'],
          detail['status'],
        ]),
        [
          ['rollcall', 'Job Started', id, 'shot 10', 'in-progress'],
          ['rollcall', 'Job Completed', id, 'shot 10', 'completed'],
        ],
      );
    });

    it('is told by a queue what it could not take, while the feed goes on', async (t) => {
      const farm = await startAwsFarm(t);
      const heard = await farm.listen({ 'detail-type': ['Job Ended'] });
      const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
      const node = await farm.addNode('wall-e');
      await node.claim();
      await node.report();
      const strikes = farm.wire.inject({ failure: 'refused', when: isFirstPut, times: 100 });

      await farm.drain();

      assert.ok(strikes() > 0);
      const [first, ...others] = await heard();
      assert.equal(first?.detail['jobId'], id);
      for (const { detail } of others) assert.equal(detail['key'], first?.detail['key']);
      assert.equal((await farm.admin.chunkGetHistory({ jobId: id })).attempts.length, 1);
    });
  });
}
