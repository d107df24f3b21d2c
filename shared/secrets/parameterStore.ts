/** Secrets in AWS: encrypted parameters of Systems Manager. The only importer of its client. */
import {
  DeleteParameterCommand,
  GetParameterCommand,
  ParameterNotFound,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import type { SecretStore } from './secretStore.ts';

export interface ParameterStoreOptions {
  readonly region: string;
  /** What names of parameters begin with. */
  readonly prefix: string;
}

export function parameterStore({ region, prefix }: ParameterStoreOptions): SecretStore {
  const client = new SSMClient({ region });
  /** Names keep their secret, so it is read once. */
  const known = new Map<string, string>();
  return {
    async add(name, secret) {
      await client.send(
        new PutParameterCommand({ Name: `${prefix}${name}`, Value: secret, Type: 'SecureString' }),
      );
    },

    async find(name) {
      const found = known.get(name) ?? (await read(name));
      if (found !== undefined) known.set(name, found);
      return found;
    },

    async remove(name) {
      known.delete(name);
      try {
        await client.send(new DeleteParameterCommand({ Name: `${prefix}${name}` }));
      } catch (error) {
        if (!(error instanceof ParameterNotFound)) throw error;
      }
    },
  };

  async function read(name: string): Promise<string | undefined> {
    try {
      const { Parameter } = await client.send(
        new GetParameterCommand({ Name: `${prefix}${name}`, WithDecryption: true }),
      );
      return Parameter?.Value;
    } catch (error) {
      if (error instanceof ParameterNotFound) return undefined;
      throw error;
    }
  }
}
