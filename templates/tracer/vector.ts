/**
 * Vectors for setting a frame up. The inner loop does not use them: there, coordinates are plain numbers, since an
 * object for each intermediate value would keep the garbage collector busy.
 */

export interface Vector {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

export const subtract = (a: Vector, b: Vector): Vector => ({ x: a.x - b.x, y: a.y - b.y, z: a.z - b.z });

export const scale = (a: Vector, factor: number): Vector => ({
  x: a.x * factor,
  y: a.y * factor,
  z: a.z * factor,
});

export const cross = (a: Vector, b: Vector): Vector => ({
  x: a.y * b.z - a.z * b.y,
  y: a.z * b.x - a.x * b.z,
  z: a.x * b.y - a.y * b.x,
});

export const length = (a: Vector): number => Math.sqrt(a.x * a.x + a.y * a.y + a.z * a.z);

/** The vector at length one; the fallback when it has no length to speak of. */
export function normalize(a: Vector, fallback: Vector): Vector {
  const size = length(a);
  return size > 1e-12 ? scale(a, 1 / size) : fallback;
}
