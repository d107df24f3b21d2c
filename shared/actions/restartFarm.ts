/** The soft restart: temporary settings are dropped, and every node registers again. */
import type { Context } from '../runtime/context.ts';
import { dropTemporary, ldapSettings, oidcSettings } from './changeDirectorySettings.ts';
import { changeSettings } from './changeSettings.ts';
import type { Once } from './once.ts';

/**
 * Settings of directories first: a restart that is repeated finds nothing to drop. Then one write. Nodes learn of it by the
 * revision in whatever they are answered next; the projector lets them be woken, so that idle ones ask soon. Two requests at
 * the same time have the effect of one.
 */
export async function restartFarm(context: Context, once: Once): Promise<void> {
  await dropTemporary(context, ldapSettings(context));
  await dropTemporary(context, oidcSettings(context));
  const { value: revision } = await once.reserve(
    async () => (await context.configuration.getSettings()).permanent.revision + 1,
  );
  await changeSettings(context.configuration, { what: 'configuration', id: 'revision' }, (settings) =>
    settings.permanent.revision >= revision
      ? settings
      : { ...settings, permanent: { ...settings.permanent, revision }, temporary: {} },
  );
}
