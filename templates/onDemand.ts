/** The templates that come with the project, loaded by the first who asks: most starts of a function need none. */
import type { Template } from '../shared/contract/hooks.ts';

export const templatesOnDemand = async (): Promise<readonly Template[]> =>
  (await import('./index.ts')).templates;
