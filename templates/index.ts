/** The templates that come with the project; a farm adds its own beside them. */
import type { Template } from '../shared/contract/hooks.ts';
import { blenderTemplate } from './blender.ts';
import { commandTemplate } from './command.ts';
import { ffmpegTemplate } from './ffmpeg.ts';
import { povrayTemplate } from './povray.ts';
import { tracerTemplate } from './tracer.ts';

export const templates: readonly Template[] = [
  commandTemplate,
  ffmpegTemplate,
  tracerTemplate,
  povrayTemplate,
  blenderTemplate,
];

/** The template of a job, undefined when the farm has none of that id. */
export function findTemplate(id: number): Template | undefined {
  return templates.find((template) => template.id === id);
}
