/** Changes how users log in by a provider of identities. */
import { assertUsableOidc } from '../domain/oidcRules.ts';
import type { OidcConfiguration } from '../model/oidcConfiguration.ts';
import type { Changes } from '../model/settings.ts';
import type { Context } from '../runtime/context.ts';
import { changeDirectorySettings, oidcSettings } from './changeDirectorySettings.ts';
import { assertGroups } from './changeUser.ts';

/** What is left out stays. */
export type OidcChanges = Changes<Omit<OidcConfiguration, 'clientSecretName'>> & {
  readonly clientSecret?: string | null | undefined;
};

/** `store` false holds until the next soft restart. */
export async function setOidcConfiguration(
  context: Context,
  { clientSecret, ...changes }: OidcChanges,
  store: boolean,
): Promise<void> {
  await changeDirectorySettings(context, oidcSettings(context), {
    changes,
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
