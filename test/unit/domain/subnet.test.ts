import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { wakePath } from '../../../shared/domain/subnet.ts';

const mac = '02:00:00:00:00:01';
const on = (...cidrs: string[]) => cidrs.map((cidr) => ({ mac, cidr }));

describe('two machines share a wire', () => {
  const shared: readonly [string, string, string][] = [
    ['10.0.7.12/24', '10.0.7.1/24', '10.0.7.255'],
    ['192.168.4.200/22', '192.168.7.1/22', '192.168.7.255'],
    ['10.200.0.1/8', '10.0.0.1/8', '10.255.255.255'],
    ['172.16.0.5/30', '172.16.0.6/30', '172.16.0.7'],
    ['10.0.7.130/25', '10.0.7.129/25', '10.0.7.255'],
  ];
  for (const [sleeper, helper, broadcastAddress] of shared) {
    it(`${sleeper} with ${helper}, whose last address is ${broadcastAddress}`, () => {
      assert.deepEqual(wakePath(on(sleeper), on(helper)), { mac, broadcastAddress });
    });
  }

  it('when any of their interfaces do', () => {
    assert.deepEqual(wakePath(on('10.1.0.1/16', '10.0.7.12/24'), on('10.2.0.1/16', '10.0.7.3/24')), {
      mac,
      broadcastAddress: '10.0.7.255',
    });
  });
});

describe('two machines share no wire', () => {
  const apart: readonly [string, string][] = [
    ['10.0.7.12/24', '10.0.8.12/24'],
    ['10.0.7.12/25', '10.0.7.130/25'],
    ['10.0.7.1/31', '10.0.7.0/31'],
    ['10.0.7.1/32', '10.0.7.1/32'],
    ['10.0.6.300/24', '10.0.7.1/24'],
    ['10.0.7.1/24', '10.0.7.1/24 '],
    ['fd00::1/64', 'fd00::2/64'],
    ['10.0.7.1', '10.0.7.2'],
    ['', ''],
  ];
  for (const [sleeper, helper] of apart) {
    it(`${sleeper || '(empty)'} with ${helper || '(empty)'}`, () => {
      assert.equal(wakePath(on(sleeper), on(helper)), undefined);
    });
  }
});
