/** The scene file: JSON, checked as a whole before the first ray is shot. */
import * as z from 'zod/mini';
import { boundedInt, boundedNumber } from '../../shared/model/bounded.ts';
import { inEnglish } from '../../shared/model/inEnglish.ts';
import { eases, type Track } from './animation.ts';
import { exitCodes, RenderError } from './renderError.ts';

/** Enough for any frame range; keeps sums of coordinates far from where numbers lose their digits. */
const coordinate = boundedNumber(-1e6, 1e6);
const share = boundedNumber(0, 1);

const number = (plain: z.ZodMiniNumber<number>) =>
  z.pipe(
    plain,
    z.transform((value): number[] => [value]),
  );
const point = z.array(coordinate).check(z.length(3));
/** As seen on a screen: `#rrggbb`, or red, green and blue from 0 to 1. */
const color = z.pipe(
  z.union(
    [z.string().check(z.regex(/^#[0-9a-f]{6}$/i, 'must be #rrggbb')), z.array(share).check(z.length(3))],
    {
      error: 'must be #rrggbb or three numbers from 0 to 1',
    },
  ),
  z.transform((value) => (typeof value === 'string' ? channels(value) : value)),
);

/**
 * A value that may be animated: itself, or `{ "ease": "smooth", "keys": [[frame, value], …] }`. Which of the two is meant
 * is told by its shape, not by trying both, so that an error speaks of what was written.
 */
const animated = (plain: z.ZodMiniType<number[]>) => {
  const constant = z.pipe(
    plain,
    z.transform((value): Track => ({ ease: 'linear', keys: [{ frame: 0, value }] })),
  );
  const keyed = z.strictObject({
    ease: z._default(z.enum(eases), 'smooth'),
    keys: z
      .array(
        z.pipe(
          z.tuple([coordinate, plain]),
          z.transform(([frame, value]) => ({ frame, value })),
        ),
      )
      .check(z.minLength(1), z.refine(isAscending, 'frames must grow from key to key')),
  });
  return z.pipe(
    z.unknown(),
    z.transform((value, context): Track => {
      const isKeyed = typeof value === 'object' && value !== null && !Array.isArray(value);
      const result = (isKeyed ? keyed : constant).safeParse(value, inEnglish);
      if (result.success) return result.data;
      for (const { path, message } of result.error.issues) {
        context.issues.push({ code: 'custom', path, message, input: value });
      }
      return z.NEVER;
    }),
  );
};

const animatedNumber = (plain: z.ZodMiniNumber<number>) => animated(number(plain));
const positive = boundedNumber(1e-4, 1e6);

const materialSchema = z.strictObject({
  color: z.prefault(animated(color), '#cccccc'),
  /** A second colour in squares of this size. */
  checker: z.optional(z.strictObject({ color: animated(color), size: animatedNumber(positive) })),
  /** Share of the light that is mirrored when looked at straight; grazing looks mirror more, as in nature. */
  reflection: z.prefault(animatedNumber(share), 0.04),
  /** 1 mirrors in its own colour and has no colour of its own besides; 0 is paint. */
  metal: z.prefault(animatedNumber(share), 0),
  /** 0 mirrors clearly, 1 scatters. */
  roughness: z.prefault(animatedNumber(share), 0.3),
  /** Light of its own, as a multiple of its colour. */
  glow: z.prefault(animatedNumber(boundedNumber(0, 100)), 0),
});

const shapeSchema = z.discriminatedUnion('shape', [
  z.strictObject({
    shape: z.literal('sphere'),
    center: animated(point),
    radius: animatedNumber(positive),
    material: z.string(),
  }),
  z.strictObject({
    shape: z.literal('box'),
    center: animated(point),
    /** Full width, height and depth. */
    size: animated(z.array(positive).check(z.length(3))),
    material: z.string(),
  }),
  /** Without end, level. */
  z.strictObject({ shape: z.literal('floor'), height: animatedNumber(coordinate), material: z.string() }),
]);

const lightSchema = z.strictObject({
  position: animated(point),
  color: z.prefault(animated(color), '#ffffff'),
  intensity: z.prefault(animatedNumber(boundedNumber(0, 1e6)), 1),
  /** The larger, the softer its shadows; 0 has hard ones. */
  radius: z.prefault(animatedNumber(boundedNumber(0, 1e6)), 0),
  /** Distance at which half of it is left; 0 reaches everywhere. */
  falloff: z.prefault(animatedNumber(boundedNumber(0, 1e6)), 0),
});

const sceneSchema = z
  .strictObject({
    camera: z.strictObject({
      position: animated(point),
      target: animated(point),
      /** From top to bottom, in degrees. */
      fieldOfView: z.prefault(animatedNumber(boundedNumber(1, 170)), 40),
    }),
    sky: z.prefault(
      z.strictObject({
        zenith: z.prefault(animated(color), '#000000'),
        horizon: z.prefault(animated(color), '#000000'),
        /** How much of the sky's light falls into shadows. */
        ambient: z.prefault(animatedNumber(boundedNumber(0, 10)), 1),
        /** Glow of a sun that has set, or has not. */
        sun: z.optional(
          z.strictObject({
            direction: animated(point),
            color: animated(color),
            intensity: z.prefault(animatedNumber(boundedNumber(0, 100)), 1),
            /** The larger, the smaller the glow. */
            sharpness: z.prefault(animatedNumber(boundedNumber(1, 10_000)), 20),
          }),
        ),
        /** Distance at which two thirds of what is seen is air; 0 is clear. */
        haze: z.prefault(animatedNumber(boundedNumber(0, 1e6)), 0),
      }),
      {},
    ),
    exposure: z.prefault(animatedNumber(boundedNumber(0, 100)), 1),
    /** Rays that go on from mirror to mirror. */
    bounces: z._default(boundedInt(0, 16), 3),
    lights: z._default(z.array(lightSchema).check(z.maxLength(32)), []),
    materials: z._default(z.record(z.string(), materialSchema), {}),
    objects: z.array(shapeSchema).check(z.maxLength(1_000)),
  })
  .check(
    z.superRefine(({ materials, objects }, context) => {
      for (const [index, { material }] of objects.entries()) {
        if (!Object.hasOwn(materials, material)) {
          const message = `no material is called "${material}"`;
          context.addIssue({ code: 'custom', path: ['objects', index, 'material'], message });
        }
      }
    }),
  );

export type Scene = z.output<typeof sceneSchema>;

/** A hundred wrong lines of one kind are told well enough by the first few. */
const maximumProblems = 20;

/** The scene that a text describes; otherwise a RenderError that names each field and the rule that it breaks. */
export function parseScene(text: string): Scene {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new RenderError(exitCodes.badInput, [`scene: is not JSON: ${(error as Error).message}`]);
  }
  const result = sceneSchema.safeParse(value, inEnglish);
  if (result.success) return result.data;
  const problems = result.error.issues
    .slice(0, maximumProblems)
    .map(({ path, message }) => `scene ${fieldName(path)}: ${message}`.replace(' : ', ': '));
  throw new RenderError(exitCodes.badInput, problems);
}

/** `objects[2].radius`, as a person would write it. */
function fieldName(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
}

function isAscending(keys: readonly { frame: number }[]): boolean {
  return keys.every(({ frame }, index) => index === 0 || frame > (keys[index - 1]?.frame ?? frame));
}

function channels(hex: string): number[] {
  return [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16) / 255);
}
