/** The templates that come with the project; a farm adds its own beside them. */
import type { Template } from '../shared/contract/hooks.ts';
import { commandTemplate } from './command.ts';
import { tracerTemplate } from './tracer.ts';

export const templates: readonly Template[] = [commandTemplate, tracerTemplate];

/** The template of a job, undefined when the farm has none of that id. */
export function findTemplate(id: number): Template | undefined {
  return templates.find((template) => template.id === id);
}
