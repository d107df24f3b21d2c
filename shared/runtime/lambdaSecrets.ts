/** Secrets in AWS. Apart from the context, so that other functions do not carry the client of Systems Manager. */
import { parameterStore } from '../secrets/parameterStore.ts';
import type { SecretStore } from '../secrets/secretStore.ts';
import { lambdaVariables, required, secretsVariable } from './env.ts';

export const lambdaSecrets = (): SecretStore =>
  parameterStore({ region: required(lambdaVariables.region), prefix: required(secretsVariable) });
