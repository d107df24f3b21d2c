/** Makes a template of what was pushed. */
import type { HookSource, Template } from '../contract/hooks.ts';
import type { PythonTemplate } from '../model/pythonTemplate.ts';
import type { TemplateEdition } from '../model/template.ts';
import type { TypescriptHooks } from '../model/typescriptHooks.ts';
import { engineTemplate } from './engineTemplate.ts';
import { exitCodeChecks } from './exitCodeChecks.ts';
import type { FieldViolation } from './templateFields.ts';

/** Agents that cannot run templates in Python say of this program that they do not know it, and what to do. */
const PROGRAM = 'rollcall:python-template';

export function pushedTemplate({ definition, python, typescript, edition }: TemplateEdition): Template {
  if (definition === null)
    return { ...pythonTemplate(python, edition), ...hooksIn('python', python, edition) };
  return {
    ...engineTemplate(definition),
    ...(typescript === null ? {} : hooksIn('typescript', typescript, edition)),
  };
}

function hooksIn(
  language: HookSource['language'],
  { dispatcherHooks, file, sha256 }: PythonTemplate | TypescriptHooks,
  edition: number,
): Pick<Template, 'hookNames' | 'hookSource'> {
  if (dispatcherHooks.length === 0) return {};
  return { hookNames: dispatcherHooks, hookSource: { language, file, sha256, edition } };
}

function pythonTemplate(python: PythonTemplate, edition: number): Template {
  const { id, name, description, file, sha256, platforms, hooks, limits, startDelay, jobDefaults } = python;
  const [onlyPlatform] = platforms.length === 1 ? platforms : [];
  return {
    id,
    name,
    description,
    fields: python.fields.map(({ default: taken, ...field }) => ({
      ...field,
      ...(taken === undefined ? {} : { default: taken }),
    })),
    // Its functions decide on the node what is good.
    checks: exitCodeChecks,
    limits,
    ...(startDelay && { startDelay }),
    ...(jobDefaults && { jobDefaults }),
    python: { name, edition, file, sha256, hooks },
    ...(onlyPlatform === undefined ? {} : { onlyPlatform }),
    needs: { platforms: platforms.length === 3 ? null : [...platforms].sort(), software: ['python3'] },

    validate(job) {
      const violations: FieldViolation[] = [];
      if (!python.packetTypes.includes(job.packetType)) {
        violations.push({
          field: 'packetType',
          rule: `must be ${python.packetTypes.join(' or ')} with ${name}`,
        });
      }
      if (job.platform !== 'any' && !platforms.includes(job.platform)) {
        violations.push({
          field: 'platform',
          rule: `must be ${platforms.join(' or ')}: ${name} runs on no other`,
        });
      }
      for (const field of ['startFrame', 'endFrame', 'byFrame'] as const) {
        if (python.wholeFrames && !Number.isInteger(job[field]))
          violations.push({ field, rule: 'must be a whole number' });
      }
      return violations;
    },

    buildCommand: () => ({ program: PROGRAM, arguments: [] }),
  };
}
