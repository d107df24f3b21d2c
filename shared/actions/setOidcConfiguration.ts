/** Changes how users log in by a provider of identities. */
import { assertUsableOidc } from '../domain/oidcRules.ts';
import type { OidcConfiguration } from '../model/oidcConfiguration.ts';
import type { Context } from '../runtime/context.ts';
import { changeSettings } from './changeSettings.ts';
import { assertGroups } from './changeUser.ts';

/** What is left out stays. */
export type OidcChanges = {
  readonly [F in keyof Omit<OidcConfiguration, 'clientSecretName'>]?: OidcConfiguration[F] | undefined;
} & { readonly clientSecret?: string | null | undefined };

/** `store` false holds until the next soft restart. */
export async function setOidcConfiguration(
  context: Context,
  { clientSecret, ...changes }: OidcChanges,
  store: boolean,
): Promise<void> {
  await changeSettings(context, context.oidcSettings, {
    what: 'OIDC configuration',
    changes,
    secretField: 'clientSecretName',
    secret: clientSecret,
    store,
    async assertUsable(after) {
      assertUsableOidc(after);
      await assertGroups(
        context,
        after.groups.map(({ group }) => group),
      );
    },
  });
}
