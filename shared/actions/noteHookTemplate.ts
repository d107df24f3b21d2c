/** Notes of a pushed template that it has hooks, before it is in force: whoever follows jobs looks at no others. */
import { hasHooks } from '../domain/jobHooks.ts';
import type { TemplateEdition } from '../model/template.ts';
import type { Context } from '../runtime/context.ts';
import { changeSettings } from './changeSettings.ts';

export async function noteHookTemplate(context: Context, edition: TemplateEdition): Promise<void> {
  if (!hasHooks(await context.templates.ofEdition(edition))) return;
  const { id } = edition;
  await changeSettings(context.configuration, { what: 'template', id: String(id) }, (settings) => {
    const { permanent } = settings;
    if (permanent.hookTemplates.includes(id)) return settings;
    return { ...settings, permanent: { ...permanent, hookTemplates: [...permanent.hookTemplates, id] } };
  });
}
