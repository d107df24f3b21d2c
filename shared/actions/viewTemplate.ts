/** A template as readers see it. */

import type * as z from 'zod/mini';
import type { templateGet } from '../contract/templates.ts';
import { notFound } from '../errors.ts';
import { declarationOf } from '../model/template.ts';
import type { Context } from '../runtime/context.ts';

type View = z.infer<(typeof templateGet)['output']>['template'];

export async function viewTemplate(context: Context, id: number): Promise<View> {
  const ofTheProject = await context.templates.findBuiltIn(id);
  const pushed = ofTheProject === undefined ? await context.templates.find(id) : undefined;
  const template = ofTheProject ?? (pushed && (await context.templates.ofEdition(pushed)));
  if (template === undefined) throw notFound('template', id);
  const { name, description, fields, checks, limits, startDelay, jobDefaults } = template;
  const editions = pushed === undefined ? [] : await context.templates.listEditions(id);
  return {
    id,
    name,
    description,
    edition: pushed?.edition ?? null,
    fields: pushed === undefined ? fields.map((field) => ({ ...field })) : declarationOf(pushed).fields,
    checks: {
      ...checks,
      errorPatterns: [...checks.errorPatterns],
    },
    limits: limits.map((limit) => ({ ...limit })),
    startDelay: startDelay ?? null,
    jobDefaults: jobDefaults ?? null,
    definition: pushed?.definition ?? null,
    python: pushed?.python ?? null,
    typescript: pushed?.typescript ?? null,
    // One that was never put in force was left behind by a crash.
    editions: editions
      .filter(({ edition }) => edition <= (pushed?.newest ?? 0))
      .map(({ edition, pushedBy, pushedAt }) => ({ edition, pushedBy, pushedAt })),
  };
}
