/** The soft restart: temporary settings are dropped, and every node registers again. */
import { DispatcherError } from '../errors.ts';
import type { Context } from '../runtime/context.ts';
import { dropTrial } from './changeSettings.ts';
import type { Once } from './once.ts';

const TRIES = 5;

/**
 * Settings of directories first: a restart that is repeated finds nothing to drop. Then one write. Nodes learn of it by the revision in whatever they are answered next; the projector lets them be woken,
 * so that idle ones ask soon. Two requests at the same time have the effect of one.
 */
export async function restartFarm(context: Context, once: Once): Promise<void> {
  await dropTrial(context, context.ldapSettings, 'bindSecret');
  await dropTrial(context, context.oidcSettings, 'clientSecretName');
  const { value: revision } = await once.reserve(
    async () => (await context.configuration.getSettings()).revision + 1,
  );
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const settings = await context.configuration.getSettings();
    if (settings.revision >= revision) return;
    if (await context.configuration.replace({ ...settings, temporary: {}, revision })) return;
  }
  throw new DispatcherError('conflict', { what: 'configuration', id: 'revision' });
}
