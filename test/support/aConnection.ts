/** A live connection as the function of `$connect` keeps it. Nobody is behind it: what is sent finds it gone. */
import type { ConnectionItem } from '../../shared/model/client.ts';
import { type Clock, timeAfter } from '../../shared/model/clock.ts';

export const aConnection = (clock: Clock, given: Partial<ConnectionItem> = {}): ConnectionItem => ({
  id: 'a-connection',
  kind: 'console',
  username: 'olga',
  tokenHash: 'hash',
  tokenId: 'token',
  address: '10.0.7.12',
  version: 'console/1.0',
  connectedAt: timeAfter(clock),
  goodUntil: timeAfter(clock, 7_200),
  subscriptions: {},
  endReason: null,
  ...given,
});
