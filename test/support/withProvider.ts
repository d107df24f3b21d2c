/** A farm whose users log in by a provider of identities. */
import assert from 'node:assert/strict';
import { type IdentityProvider, startIdentityProvider } from './identityProvider.ts';
import { startFarm, type TestFarm } from './startFarm.ts';

export const LOCAL_ADDRESS = 'http://127.0.0.1:40000/callback';

export interface ProviderFarm extends TestFarm {
  readonly identity: IdentityProvider;
  setProvider(changes: IdentityProvider['configuration']): Promise<void>;
  /** Goes to the provider and comes back, with what ends the login. */
  comeBack(returnAddress?: string): Promise<{ state: string; callback: string; address: string }>;
  finish(arrival: { state: string; callback: string }): Promise<{ token: string; expiresAt: string }>;
  whoLogsIn(): Promise<{ name: string; groups: readonly string[] }>;
}

export async function farmWithProvider(
  t: Parameters<typeof startFarm>[0],
  changes: IdentityProvider['configuration'] = {},
): Promise<ProviderFarm> {
  const identity = await startIdentityProvider(t);
  const farm = await startFarm(t);
  const nobody = farm.clientWith(undefined);
  const setProvider: ProviderFarm['setProvider'] = async (configuration) => {
    await farm.admin.systemSetOIDCConfiguration({ configuration });
    farm.clock.advance(5_000);
  };
  await setProvider({ ...identity.configuration, ...changes });
  const finish: ProviderFarm['finish'] = ({ state, callback }) => nobody.oidcLoginFinish({ state, callback });
  const comeBack: ProviderFarm['comeBack'] = async (returnAddress = LOCAL_ADDRESS) => {
    const { address, state } = await nobody.oidcLoginBegin({ returnAddress });
    const arrival = await identity.browse(address);
    assert.equal(arrival.startsWith(`${returnAddress}?`), true, arrival);
    return { state, callback: new URL(arrival).search.slice(1), address };
  };
  return {
    ...farm,
    identity,
    setProvider,
    comeBack,
    finish,
    async whoLogsIn() {
      const { token } = await finish(await comeBack());
      const { name, groups } = await farm.clientWith(token).whoAmI({});
      return { name, groups };
    },
  };
}
