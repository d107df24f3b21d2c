/** The scene file: JSON, checked as a whole before the first ray is shot. */
import { z } from 'zod';
import { eases, type Track } from './animation.ts';
import { exitCodes, RenderError } from './renderError.ts';

/** Enough for any frame range; keeps sums of coordinates far from where numbers lose their digits. */
const coordinate = z.number().min(-1e6).max(1e6);
const share = z.number().min(0).max(1);

const number = (plain: z.ZodNumber) => plain.transform((value): number[] => [value]);
const point = z.array(coordinate).length(3);
/** As seen on a screen: `#rrggbb`, or red, green and blue from 0 to 1. */
const color = z
  .union([z.string().regex(/^#[0-9a-f]{6}$/i, 'must be #rrggbb'), z.array(share).length(3)], {
    error: 'must be #rrggbb or three numbers from 0 to 1',
  })
  .transform((value) => (typeof value === 'string' ? channels(value) : value));

/**
 * A value that may be animated: itself, or `{ "ease": "smooth", "keys": [[frame, value], …] }`. Which of the two is meant
 * is told by its shape, not by trying both, so that an error speaks of what was written.
 */
const animated = (plain: z.ZodType<number[]>) => {
  const constant = plain.transform((value): Track => ({ ease: 'linear', keys: [{ frame: 0, value }] }));
  const keyed = z.strictObject({
    ease: z.enum(eases).default('smooth'),
    keys: z
      .array(z.tuple([coordinate, plain]).transform(([frame, value]) => ({ frame, value })))
      .min(1)
      .refine(isAscending, 'frames must grow from key to key'),
  });
  return z.unknown().transform((value, context): Track => {
    const isKeyed = typeof value === 'object' && value !== null && !Array.isArray(value);
    const result = (isKeyed ? keyed : constant).safeParse(value);
    if (result.success) return result.data;
    for (const { path, message } of result.error.issues) {
      context.addIssue({ code: 'custom', path, message });
    }
    return z.NEVER;
  });
};

const animatedNumber = (plain: z.ZodNumber) => animated(number(plain));
const positive = z.number().min(1e-4).max(1e6);

const materialSchema = z.strictObject({
  color: animated(color).prefault('#cccccc'),
  /** A second colour in squares of this size. */
  checker: z.strictObject({ color: animated(color), size: animatedNumber(positive) }).optional(),
  /** Share of the light that is mirrored when looked at straight; grazing looks mirror more, as in nature. */
  reflection: animatedNumber(share).prefault(0.04),
  /** 1 mirrors in its own colour and has no colour of its own besides; 0 is paint. */
  metal: animatedNumber(share).prefault(0),
  /** 0 mirrors clearly, 1 scatters. */
  roughness: animatedNumber(share).prefault(0.3),
  /** Light of its own, as a multiple of its colour. */
  glow: animatedNumber(z.number().min(0).max(100)).prefault(0),
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
    size: animated(z.array(positive).length(3)),
    material: z.string(),
  }),
  /** Without end, level. */
  z.strictObject({ shape: z.literal('floor'), height: animatedNumber(coordinate), material: z.string() }),
]);

const lightSchema = z.strictObject({
  position: animated(point),
  color: animated(color).prefault('#ffffff'),
  intensity: animatedNumber(z.number().min(0).max(1e6)).prefault(1),
  /** The larger, the softer its shadows; 0 has hard ones. */
  radius: animatedNumber(z.number().min(0).max(1e6)).prefault(0),
  /** Distance at which half of it is left; 0 reaches everywhere. */
  falloff: animatedNumber(z.number().min(0).max(1e6)).prefault(0),
});

const sceneSchema = z
  .strictObject({
    camera: z.strictObject({
      position: animated(point),
      target: animated(point),
      /** From top to bottom, in degrees. */
      fieldOfView: animatedNumber(z.number().min(1).max(170)).prefault(40),
    }),
    sky: z
      .strictObject({
        zenith: animated(color).prefault('#000000'),
        horizon: animated(color).prefault('#000000'),
        /** How much of the sky's light falls into shadows. */
        ambient: animatedNumber(z.number().min(0).max(10)).prefault(1),
        /** Glow of a sun that has set, or has not. */
        sun: z
          .strictObject({
            direction: animated(point),
            color: animated(color),
            intensity: animatedNumber(z.number().min(0).max(100)).prefault(1),
            /** The larger, the smaller the glow. */
            sharpness: animatedNumber(z.number().min(1).max(10_000)).prefault(20),
          })
          .optional(),
        /** Distance at which two thirds of what is seen is air; 0 is clear. */
        haze: animatedNumber(z.number().min(0).max(1e6)).prefault(0),
      })
      .prefault({}),
    exposure: animatedNumber(z.number().min(0).max(100)).prefault(1),
    /** Rays that go on from mirror to mirror. */
    bounces: z.int().min(0).max(16).default(3),
    lights: z.array(lightSchema).max(32).default([]),
    materials: z.record(z.string(), materialSchema).default({}),
    objects: z.array(shapeSchema).max(1_000),
  })
  .superRefine(({ materials, objects }, context) => {
    for (const [index, { material }] of objects.entries()) {
      if (!Object.hasOwn(materials, material)) {
        const message = `no material is called "${material}"`;
        context.addIssue({ code: 'custom', path: ['objects', index, 'material'], message });
      }
    }
  });

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
  const result = sceneSchema.safeParse(value);
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
