/** Paths of repositories, turned into those of the platform that a chunk runs on. */
import type { Platform } from '../model/node.ts';
import type { Repository } from '../model/repository.ts';

/** What a path inside a text goes on with: not what separates words, values and lists. */
const REST = String.raw`[^\s"'\x60,;|<>]*`;
/** What may stand before a path: the beginning, or what separates words, values and lists. */
const BEFORE = String.raw`(?<=^|[\s"'\x60,;|<>=:(])`;
/** A path ends here, or a step of it does. */
const STEP_END = String.raw`(?=[\\/\s"'\x60,;|<>]|$)`;

/**
 * The text with each path of a repository replaced by that of the platform, the rest of the path with its separators. A
 * path counts at the beginning of the text or of a word in it, up to a whole step: `/mnt/show` is not in
 * `/mnt/shows`. Of paths that begin alike the longest counts. Windows is not case-sensitive, the others are.
 * Where the repository has no path on the platform, or the path already is of it, the text stays.
 */
export function substitutePaths(
  text: string,
  repositories: readonly Repository[],
  platform: Platform,
): string {
  const sources = repositories
    .flatMap(({ paths }) => {
      const target = paths[platform];
      return target === null
        ? []
        : (Object.entries(paths) as [Platform, string | null][]).flatMap(([source, path]) =>
            path === null || path === target ? [] : [{ source, path, target }],
          );
    })
    .sort((a, b) => b.path.length - a.path.length);
  if (sources.length === 0) return text;
  const found = new RegExp(
    `${BEFORE}(?:${sources.map(({ source, path }) => `(${patternOf(source, path)})`).join('|')})${STEP_END}(${REST})`,
    'g',
  );
  return text.replace(found, (whole, ...groups) => {
    const position = sources.findIndex((_, index) => groups[index] !== undefined);
    const matched = sources[position];
    if (matched === undefined) return whole;
    const rest = String(groups[sources.length]);
    return (
      matched.target + (platform === 'win32' ? rest.replaceAll('/', '\\') : unixRest(matched.source, rest))
    );
  });
}

/** Backslashes are separators in a path of Windows only; elsewhere they may be part of a name. */
const unixRest = (source: Platform, rest: string): string =>
  source === 'win32' ? rest.replaceAll('\\', '/') : rest;

/** A path of Windows in either case, with separators of either kind, as people and programs write it. */
function patternOf(source: Platform, path: string): string {
  if (source !== 'win32') return RegExp.escape(path);
  return path
    .split(/[\\/]/)
    .map((step) => [...step].map(inEitherCase).join(''))
    .join(String.raw`[\\/]`);
}

function inEitherCase(character: string): string {
  const [lower, upper] = [character.toLowerCase(), character.toUpperCase()];
  return lower === upper ? RegExp.escape(character) : `[${lower}${upper}]`;
}
