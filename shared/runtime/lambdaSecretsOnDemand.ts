/**
 * The same as `lambdaSecrets.ts`, loaded with the client of Systems Manager by the first call that needs a secret: a farm
 * without a directory never does.
 */
import { onDemand } from '../model/onDemand.ts';
import type { SecretStore } from '../secrets/secretStore.ts';

export function lambdaSecretsOnDemand(): SecretStore {
  const secrets = onDemand(async () => (await import('./lambdaSecrets.ts')).lambdaSecrets());
  return {
    add: async (name, secret) => (await secrets()).add(name, secret),
    find: async (name) => (await secrets()).find(name),
    remove: async (name) => (await secrets()).remove(name),
  };
}
