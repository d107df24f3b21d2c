/** The templates that come with the project; a farm adds its own beside them. */

import type { Template } from '../shared/contract/hooks.ts';
import { engineTemplate } from '../shared/domain/engineTemplate.ts';
import type { EngineDefinition } from '../shared/model/engineDefinition.ts';
import { afterJobTemplate } from './afterJob.ts';
import { blenderTemplate } from './blender.ts';
import { commandTemplate } from './command.ts';
import afterEffects from './engines/afterEffects.json' with { type: 'json' };
import cinema4d from './engines/cinema4d.json' with { type: 'json' };
import houdini from './engines/houdini.json' with { type: 'json' };
import husk from './engines/husk.json' with { type: 'json' };
import katana from './engines/katana.json' with { type: 'json' };
import kick from './engines/kick.json' with { type: 'json' };
import mayaArnold from './engines/mayaArnold.json' with { type: 'json' };
import mayaRedshift from './engines/mayaRedshift.json' with { type: 'json' };
import mayaSoftware from './engines/mayaSoftware.json' with { type: 'json' };
import mayaVray from './engines/mayaVray.json' with { type: 'json' };
import nuke from './engines/nuke.json' with { type: 'json' };
import vray from './engines/vray.json' with { type: 'json' };
import { ffmpegTemplate } from './ffmpeg.ts';
import { povrayTemplate } from './povray.ts';
import { pythonScriptTemplate } from './pythonScript.ts';
import { tracerTemplate } from './tracer.ts';

export { pushedTemplate } from '../shared/domain/pushedTemplate.ts';

/** The engines that are data, checked against their schema by a test. */
export const engines = [
  mayaSoftware,
  mayaVray,
  mayaArnold,
  nuke,
  mayaRedshift,
  houdini,
  husk,
  katana,
  kick,
  vray,
  cinema4d,
  afterEffects,
] as readonly unknown[] as readonly EngineDefinition[];

export const templates: readonly Template[] = [
  commandTemplate,
  ffmpegTemplate,
  tracerTemplate,
  povrayTemplate,
  blenderTemplate,
  ...engines.map(engineTemplate),
  pythonScriptTemplate,
  afterJobTemplate,
];

/** The template of a job, undefined when the farm has none of that id. */
export function findTemplate(id: number): Template | undefined {
  return templates.find((template) => template.id === id);
}
