/** Ids are integers from 1, given in order and never reused; -1 stands for the root of the tree or for none. */
import * as z from 'zod/mini';
import { boundedInt } from './bounded.ts';
import { described } from './described.ts';
import { onDemand } from './onDemand.ts';

/** The largest id: twelve digits, so that ids sort as text. */
export const MAXIMUM_ID = 999_999_999_999;

/** Parent of whatever is not inside a folder. */
export const ROOT_ID = -1;

const id = (what: string) => onDemand(() => described(boundedInt(1, MAXIMUM_ID), `Id of a ${what}.`));

export const jobIdSchema = id('job or folder');
export const nodeIdSchema = id('node');
/** Chunks count from 1 in the order in which they are handed out. */
export const chunkIdSchema = id('chunk within its job');
export const templateIdSchema = onDemand(() =>
  described(boundedInt(1, 65_535), 'Id of a template, as in the reference: 43 is the generic command.'),
);

/** A parent: a folder's id, or -1 for the root. */
export const parentIdSchema = onDemand(() =>
  described(z.union([z.literal(ROOT_ID), jobIdSchema()]), 'Id of the folder, -1 for the root.'),
);

/** Name of a user, group, pool, node or repository. */
export const nameSchema = onDemand(() =>
  z
    .string()
    .check(z.minLength(1), z.maxLength(128), z.regex(/^[^\p{Cc}]+$/u, 'must not contain control characters')),
);
