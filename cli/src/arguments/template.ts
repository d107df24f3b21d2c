/** Templates by name. */
import { InvalidArgumentError } from 'commander';

/** Those that come with Rollcall; the dispatcher knows the others by number alone. */
const templates: Readonly<Record<string, number>> = {
  command: 43,
  ffmpeg: 48,
  tracer: 900,
  povray: 901,
  blender: 902,
};
const LARGEST_ID = 65_535;

/** For help texts. */
export const templateNames: readonly string[] = Object.keys(templates);

export function parseTemplate(text: string): number {
  const id = /^\d+$/.test(text) ? Number(text) : templates[text];
  if (id !== undefined && id >= 1 && id <= LARGEST_ID) return id;
  const names = Object.entries(templates).map(([name, number]) => `${name} (${number})`);
  throw new InvalidArgumentError(`It must be ${names.join(', ')} or the number of another template.`);
}

/** What people call a template. */
export const templateName = (id: number): string =>
  Object.keys(templates).find((key) => templates[key] === id) ?? `template ${id}`;
