/** A Console and a notificator through a day: connected, told, spoken to, sent away. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../support/aJob.ts';
import { aUser } from '../support/aUser.ts';
import { liveClient } from '../support/liveClient.ts';
import { until } from '../support/realFarm.ts';
import { startFarm } from '../support/startFarm.ts';

describe('a Console and a notificator', () => {
  it('hear of a job, get messages, and are gone when they may not be there', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.groupAdd({ group: { name: 'operators', rights: ['manage-connections'] } });
    const olga = await farm.addUser('olga', { groups: ['operators'] });
    const console = await liveClient(farm, await aUser(farm.context, 'vera', { groups: ['operators'] }));
    const tray = await liveClient(farm, await aUser(farm.context, 'walt', { groups: ['operators'] }), {
      query: '?kind=notificator&version=tray/2',
    });
    assert.deepEqual(await console.say({ action: 'ping' }), { kind: 'pong' });
    await console.say({ action: 'subscribe', topic: 'jobs' });

    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.push();
    await console.until((heard) => heard.some(({ kind }) => kind === 'events'));
    assert.partialDeepStrictEqual(console.events(), [{ event: 'jobs/added', id, status: 'queued' }]);

    const [client] = (await olga.clientGetList({})).clients;
    const [notificator] = (await olga.clientNGetByUsername({ username: 'walt' })).notificators;
    assert.equal(client?.username, 'vera');
    assert.equal(notificator?.version, 'tray/2');
    const toConsole = { id: client.id, message: 'lunch', requestToken: 'message-of-olga' };
    const sent = await olga.sendMessageToConsole(toConsole);
    assert.deepEqual(await olga.sendMessageToConsole(toConsole), sent);
    await olga.sendMessageToNotificator({
      message: 'dinner',
      brodcast: true,
      requestToken: 'to-all-of-olga',
    });
    await farm.push();
    await console.until((heard) => heard.length === 4);
    await tray.until((heard) => heard.length === 1);
    assert.partialDeepStrictEqual(console.events()[1], { message: 'lunch', from: 'olga' });
    assert.partialDeepStrictEqual(tray.events(), [{ message: 'dinner', from: 'olga' }]);

    await olga.clientNForceDisconnection({ id: notificator.id, requestToken: 'go-of-olga' });
    await farm.admin.userConfigure({ user: { name: 'vera', description: 'may stay' } });
    await farm.push();
    await tray.closed();
    assert.deepEqual(await console.say({ action: 'ping' }), { kind: 'pong' });

    await olga.clientForceDisconnection({ id: client.id });
    await farm.push();
    await console.closed();
    await until('nobody is connected', async () => (await olga.clientGetList({})).clients.length === 0);
    assert.deepEqual((await olga.clientNGetList({})).notificators, []);
  });
});
