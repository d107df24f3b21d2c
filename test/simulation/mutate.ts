/** Loads one file of the project with a defect in it. To be asked for before anything of the project is imported. */
import { registerHooks } from 'node:module';
import type { Mutant } from './mutants.ts';

/** From now on the file of the mutant is loaded with its defect. */
export function mutate({ name, file, find, replace }: Mutant): void {
  const url = new URL(`../../${file}`, import.meta.url).href;
  registerHooks({
    load(requested, context, nextLoad) {
      const loaded = nextLoad(requested, context);
      if (requested !== url) return loaded;
      const text = String(loaded.source);
      const parts = text.split(find);
      if (parts.length !== 2)
        throw new Error(`mutant ${name}: its text stands ${parts.length - 1} times in ${file}`);
      return { ...loaded, source: parts.join(replace) };
    },
  });
}
