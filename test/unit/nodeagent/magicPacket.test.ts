import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { suite, test } from 'node:test';
import { sendMagicPacket } from '../../../nodeagent/src/commands/magicPacket.ts';

suite('a magic packet', { timeout: 20_000 }, () => {
  test('is six bytes of ones and sixteen times the address of the machine', async (t) => {
    const listener = createSocket('udp4');
    t.after(() => listener.close());
    listener.bind(0, '127.0.0.1');
    await once(listener, 'listening');
    const received = once(listener, 'message');

    await sendMagicPacket('02:00:5e:10:Aa:01', '127.0.0.1', listener.address().port);

    const [packet] = (await received) as [Buffer];
    assert.equal(packet.toString('hex'), `ffffffffffff${'02005e10aa01'.repeat(16)}`);
  });

  test('is not sent to what is no address of a machine', async () => {
    await assert.rejects(
      sendMagicPacket('02:00:5e:10', '127.0.0.1'),
      /02:00:5e:10 is not the address of a network interface/,
    );
  });
});
