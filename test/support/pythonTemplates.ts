/** Templates written in Python, for tests: one as a studio's, and small ones of which a case writes the functions. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PythonSource } from '../../client/src/generated.ts';

export const toonFile = join(import.meta.dirname, 'templates', 'toon.py');

export interface TemplateParts {
  readonly id?: number;
  readonly name?: string;
  /** Further lines of the constructor. */
  readonly setUp?: string;
  /** The functions, indented by nothing. */
  readonly functions?: string;
}

/** The text of a template. */
export function aTemplate({
  id = 2_100,
  name = 'studio',
  setUp = '',
  functions = '',
}: TemplateParts = {}): string {
  const indent = (text: string, by: string): string => text.trim().replaceAll(/^(?=.)/gm, by);
  return `import sys
import time

import MClientAPI
import MTemplateAPI
import muster

MTemplateError = MTemplateAPI.MTemplateError


class Studio(MTemplateAPI.MTemplate):
    def __init__(self):
        MTemplateAPI.MTemplate.__init__(self)
        self.setID(${id})
        self.setName("${name}")
${indent(setUp, ' '.repeat(8))}

${indent(functions, ' '.repeat(4))}


MTemplateAPI.MManager.getUniqueClass().installPyTemplate(Studio())
`;
}

/** Writes a template into a folder; gives its path. */
export function writeTemplate(folder: string, parts: TemplateParts, file = 'studio.py'): string {
  const path = join(folder, file);
  writeFileSync(path, aTemplate(parts));
  return path;
}

/** A template as a push describes it; what a case does not care about is filled in. */
export const aPythonSource = (id: number, fields: Partial<PythonSource> = {}): PythonSource => ({
  id,
  name: `python ${id}`,
  description: 'Renders frames.',
  file: 'studio.py',
  fields: [{ name: 'job_file', label: 'Scene file', kind: 'file', required: false }],
  packetTypes: ['multiframe'],
  wholeFrames: true,
  platforms: ['linux', 'darwin', 'win32'],
  hooks: ['onBuildCommandLine'],
  dispatcherHooks: [],
  limits: [],
  source: aTemplate({ id, name: `python ${id}` }),
  ...fields,
});
