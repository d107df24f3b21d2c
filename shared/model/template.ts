/** A template that was pushed to the farm: which of its editions is in force, and each edition as it was pushed. */
import type { EngineDefinition } from './engineDefinition.ts';
import type { PythonTemplate } from './pythonTemplate.ts';
import type { TypescriptHooks } from './typescriptHooks.ts';

/** A render engine as data, perhaps with hooks in TypeScript, or a file of Python. */
export type TemplateContent =
  | {
      readonly definition: EngineDefinition;
      readonly python: null;
      readonly typescript: TypescriptHooks | null;
    }
  | { readonly definition: null; readonly python: PythonTemplate; readonly typescript: null };

/** What both kinds declare. */
export const declarationOf = ({ definition, python }: TemplateContent): EngineDefinition | PythonTemplate =>
  definition ?? python;

/** One push. Editions count from 1 and are never changed. */
export type TemplateEdition = TemplateContent & {
  readonly id: number;
  readonly edition: number;
  readonly pushedBy: string;
  readonly pushedAt: string;
};

/** The edition in force. */
export type PushedTemplate = TemplateEdition & {
  /** Edition that was pushed last; greater than the one in force after a roll-back. */
  readonly newest: number;
  readonly version: number;
};
