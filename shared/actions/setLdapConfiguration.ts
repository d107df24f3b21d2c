/** Changes how the directory of users is asked. */
import { assertUsableLdap } from '../domain/directoryRules.ts';
import { invalidInput } from '../errors.ts';
import type { LdapConfiguration } from '../model/ldapConfiguration.ts';
import type { Changes } from '../model/settings.ts';
import type { Context } from '../runtime/context.ts';
import { changeDirectorySettings, ldapSettings } from './changeDirectorySettings.ts';
import { assertGroups } from './changeUser.ts';

/** What is left out stays. */
export type LdapChanges = Changes<Omit<LdapConfiguration, 'bindSecret'>> & {
  readonly bindPassword?: string | null | undefined;
};

/** `store` false holds until the next soft restart. */
export async function setLdapConfiguration(
  context: Context,
  { bindPassword, ...changes }: LdapChanges,
  store: boolean,
): Promise<void> {
  const { findFilterFault } = await import('../directory/ldapFilters.ts');
  await changeDirectorySettings(context, ldapSettings(context), {
    changes,
    secret: bindPassword,
    store,
    async assertUsable(after) {
      assertUsableLdap(after);
      for (const field of ['userFilter', 'groupFilter'] as const) {
        const fault = findFilterFault(after[field]);
        if (fault !== undefined) throw invalidInput(`configuration.${field}`, `is no filter: ${fault}`);
      }
      await assertGroups(
        context,
        after.groups.map(({ group }) => group),
      );
    },
  });
}
