/** A farm that asks a directory. */
import type { Operations } from '../../client/src/generated.ts';
import type { DirectoryServer } from './directoryServer.ts';
import { startFarm, type TestFarm } from './startFarm.ts';

type Configuration = Operations['systemSetLDAPConfiguration']['input']['configuration'];

export interface DirectoryFarm extends TestFarm {
  /** Changes the settings, and lets them count. */
  setDirectory(changes: Configuration): Promise<void>;
  /** Logs in, and tells as whom; rejects with the refusal. */
  whoLogsIn(name: string, password: string, skipDirectory?: boolean): Promise<string>;
}

export async function farmWithDirectory(
  t: Parameters<typeof startFarm>[0],
  directory: Pick<DirectoryServer, 'configuration'>,
  changes: Configuration = {},
): Promise<DirectoryFarm> {
  const farm = await startFarm(t);
  const setDirectory: DirectoryFarm['setDirectory'] = async (configuration) => {
    await farm.admin.systemSetLDAPConfiguration({ configuration });
    farm.clock.advance(5_000);
  };
  await setDirectory({ ...directory.configuration, ...changes });
  return {
    ...farm,
    setDirectory,
    async whoLogsIn(name, password, skipDirectory = false) {
      const { token } = await farm.clientWith(undefined).login({ name, password, skipDirectory });
      return (await farm.clientWith(token).whoAmI({})).name;
    },
  };
}
