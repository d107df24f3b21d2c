/** The command line of the tracer. */
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { patternProblem } from '../../shared/domain/frames.ts';
import { isDecimal } from '../../shared/domain/templateFields.ts';
import { inEnglish } from '../../shared/model/inEnglish.ts';
import { limits } from './limits.ts';
import { exitCodes, RenderError } from './renderError.ts';

const number = z.pipe(
  z.string('is required').check(z.refine(isDecimal, 'must be a number')),
  z.transform(Number),
);
const whole = (minimum: number, maximum: number) => {
  const rule = `must be a whole number from ${minimum} to ${maximum}`;
  return z.pipe(number, z.int(rule).check(z.minimum(minimum, rule), z.maximum(maximum, rule)));
};
const path = z.string('is required').check(z.minLength(1, 'is required'));

const optionsSchema = z.pipe(
  z
    .strictObject({
      scene: path,
      output: path.check(
        z.superRefine((pattern, context) => {
          const problem = patternProblem(pattern);
          if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
        }),
      ),
      start: z.prefault(number, '1'),
      end: z.optional(number),
      by: z.prefault(z.pipe(number, z.number().check(z.positive('must be greater than 0'))), '1'),
      width: z.prefault(whole(1, limits.pixels), '640'),
      height: z.prefault(whole(1, limits.pixels), '360'),
      samples: z.prefault(whole(1, limits.samples), '4'),
      slice: z.optional(whole(0, limits.pixels - 1)),
      slices: z.optional(whole(1, limits.pixels)),
    })
    .check(
      z.superRefine(({ start, end, slice, slices, height }, context) => {
        const refuse = (field: string, message: string): void => {
          context.addIssue({ code: 'custom', path: [field], message });
        };
        if (end !== undefined && end < start) refuse('end', 'must not be before start');
        if ((slice === undefined) !== (slices === undefined))
          refuse('slice', 'goes with slices, and slices with it');
        if ((slice ?? 0) >= (slices ?? 1)) refuse('slice', 'counts from 0 and must be less than slices');
        if ((slices ?? 1) > height) refuse('slices', 'must not be more than height');
      }),
    ),
  z.transform(({ slice, slices, end, ...options }) => ({
    ...options,
    end: end ?? options.start,
    slice: slice === undefined || slices === undefined ? undefined : { index: slice, count: slices },
  })),
);

export type Options = z.output<typeof optionsSchema>;

/** What the words of a command line ask for; otherwise a RenderError that names each option and the rule that it breaks. */
export function parseOptions(words: readonly string[]): Options {
  const result = optionsSchema.safeParse(optionValues(words), inEnglish);
  if (result.success) return result.data;
  throw new RenderError(
    exitCodes.badInput,
    result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
  );
}

function optionValues(words: readonly string[]): Record<string, unknown> {
  const option = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        scene: option,
        output: option,
        start: option,
        end: option,
        by: option,
        width: option,
        height: option,
        samples: option,
        slice: option,
        slices: option,
      },
    });
    return { ...values };
  } catch (error) {
    throw new RenderError(exitCodes.badInput, [`arguments: ${(error as Error).message}`]);
  }
}
