/** Ids and numbers on the command line. */
import { InvalidArgumentError } from 'commander';

/** The dispatcher's word for what lies in no folder. */
export const ROOT_ID = -1;

export function parseId(text: string): number {
  const id = Number(text);
  if (/^\d+$/.test(text) && id >= 1 && Number.isSafeInteger(id)) return id;
  throw new InvalidArgumentError('It must be an id, a number from 1.');
}

/** For arguments that may be repeated: `delete 3 4 5`. */
export const parseMoreIds = (text: string, before: readonly number[] | undefined): number[] => [
  ...new Set([...(before ?? []), parseId(text)]),
];

/** A folder's id, or `root`. */
export function parseFolder(text: string): number {
  return text === 'root' || text === String(ROOT_ID) ? ROOT_ID : parseId(text);
}

/** `12,13`; nothing between the commas is dropped, so that an empty text is no id at all. */
export const parseIdList = (text: string): number[] => parseNames(text).map(parseId);

/** `a,b`. */
export const parseNames = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** A whole number within bounds. */
export const parseNumber =
  (least: number, most = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(
      most === Number.MAX_SAFE_INTEGER
        ? `It must be a whole number from ${least}.`
        : `It must be a whole number from ${least} to ${most}.`,
    );
  };
