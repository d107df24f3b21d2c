/** The definition of a small render engine, for tests of pushed templates. */

import type { EngineDefinition } from '../../client/src/generated.ts';
import { exitCodeChecks } from '../../shared/domain/exitCodeChecks.ts';

export function anEngine(id: number, fields: Partial<EngineDefinition> = {}): EngineDefinition {
  return {
    id,
    name: `engine ${id}`,
    description: 'Renders frames.',
    fields: [{ name: 'job_file', label: 'Scene file', kind: 'file', required: true }],
    packetTypes: ['multiframe'],
    wholeFrames: true,
    oneFrame: false,
    programs: { linux: 'render', darwin: 'render', win32: 'render.exe' },
    arguments: ['-s', '{start_frame}', '-e', '{end_frame}', '{job_file}'],
    frameSeparator: ',',
    environment: {},
    startingFolder: null,
    limits: [],
    checks: exitCodeChecks,
    ...fields,
  };
}
