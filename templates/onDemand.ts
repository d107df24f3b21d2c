/** Templates, loaded by the first who asks: most starts of a function need none. */
import type { TemplateSource } from '../shared/contract/hooks.ts';

export const templatesOnDemand = (): Promise<TemplateSource> => import('./index.ts');
