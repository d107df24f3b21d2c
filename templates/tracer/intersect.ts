/**
 * Where a ray meets a scene. Rays are six plain numbers: position and direction of length one. A function that finds
 * nothing answers `Infinity`, which compares as farther than anything.
 */
import type { Box, Floor, Frame, Material, Sphere } from './frame.ts';

/** Meetings nearer than this are the surface that the ray has just left. */
const nearest = 1e-4;

/** What a ray met first. One object is filled again and again: the inner loop makes none. */
export class Hit {
  distance = Number.POSITIVE_INFINITY;
  normalX = 0;
  normalY = 0;
  normalZ = 0;
  /** Undefined when the ray met nothing. */
  material: Material | undefined = undefined;
  /** The sphere that was met, which takes no light from itself. */
  sphere: Sphere | undefined = undefined;
}

/** Distance to a sphere, also from inside. */
export function sphereDistance(
  sphere: Sphere,
  x: number,
  y: number,
  z: number,
  directionX: number,
  directionY: number,
  directionZ: number,
): number {
  const toX = sphere.x - x;
  const toY = sphere.y - y;
  const toZ = sphere.z - z;
  const along = toX * directionX + toY * directionY + toZ * directionZ;
  const distance2 = toX * toX + toY * toY + toZ * toZ;
  const radius2 = sphere.radius * sphere.radius;
  if (along < 0 && distance2 > radius2) return Number.POSITIVE_INFINITY;
  const half2 = radius2 - (distance2 - along * along);
  if (half2 < 0) return Number.POSITIVE_INFINITY;
  const half = Math.sqrt(half2);
  const entry = along - half;
  if (entry > nearest) return entry;
  const exit = along + half;
  return exit > nearest ? exit : Number.POSITIVE_INFINITY;
}

/** Distance to a box, also from inside: the ray is in it where it is between all three pairs of sides. */
export function boxDistance(
  box: Box,
  x: number,
  y: number,
  z: number,
  directionX: number,
  directionY: number,
  directionZ: number,
): number {
  let entry = Number.NEGATIVE_INFINITY;
  let exit = Number.POSITIVE_INFINITY;

  let low = (box.low.x - x) / directionX;
  let high = (box.high.x - x) / directionX;
  entry = Math.max(entry, Math.min(low, high));
  exit = Math.min(exit, Math.max(low, high));

  low = (box.low.y - y) / directionY;
  high = (box.high.y - y) / directionY;
  entry = Math.max(entry, Math.min(low, high));
  exit = Math.min(exit, Math.max(low, high));

  low = (box.low.z - z) / directionZ;
  high = (box.high.z - z) / directionZ;
  entry = Math.max(entry, Math.min(low, high));
  exit = Math.min(exit, Math.max(low, high));

  if (!(exit >= entry)) return Number.POSITIVE_INFINITY;
  if (entry > nearest) return entry;
  return exit > nearest ? exit : Number.POSITIVE_INFINITY;
}

/** Distance to a floor, from above or below. */
export function floorDistance(floor: Floor, y: number, directionY: number): number {
  const distance = (floor.height - y) / directionY;
  return distance > nearest ? distance : Number.POSITIVE_INFINITY;
}

/** Fills the hit with what the ray meets first. */
export function findNearest(
  frame: Frame,
  x: number,
  y: number,
  z: number,
  directionX: number,
  directionY: number,
  directionZ: number,
  hit: Hit,
): void {
  let distance = Number.POSITIVE_INFINITY;
  let nearSphere: Sphere | undefined;
  let nearBox: Box | undefined;
  let nearFloor: Floor | undefined;
  for (const sphere of frame.spheres) {
    const found = sphereDistance(sphere, x, y, z, directionX, directionY, directionZ);
    if (found < distance) {
      distance = found;
      nearSphere = sphere;
    }
  }
  for (const box of frame.boxes) {
    const found = boxDistance(box, x, y, z, directionX, directionY, directionZ);
    if (found < distance) {
      distance = found;
      nearBox = box;
    }
  }
  for (const floor of frame.floors) {
    const found = floorDistance(floor, y, directionY);
    if (found < distance) {
      distance = found;
      nearFloor = floor;
    }
  }

  hit.distance = distance;
  hit.sphere = undefined;
  hit.material = undefined;
  const pointX = x + distance * directionX;
  const pointY = y + distance * directionY;
  const pointZ = z + distance * directionZ;
  if (nearFloor !== undefined) {
    hit.material = nearFloor.material;
    hit.normalX = 0;
    hit.normalY = 1;
    hit.normalZ = 0;
  } else if (nearBox !== undefined) {
    hit.material = nearBox.material;
    setBoxNormal(nearBox, pointX, pointY, pointZ, hit);
  } else if (nearSphere !== undefined) {
    hit.material = nearSphere.material;
    hit.sphere = nearSphere;
    hit.normalX = (pointX - nearSphere.x) / nearSphere.radius;
    hit.normalY = (pointY - nearSphere.y) / nearSphere.radius;
    hit.normalZ = (pointZ - nearSphere.z) / nearSphere.radius;
  }
  // The normal looks at whoever looks, so that a floor seen from below and a sphere seen from inside are lit too.
  if (hit.normalX * directionX + hit.normalY * directionY + hit.normalZ * directionZ > 0) {
    hit.normalX = -hit.normalX;
    hit.normalY = -hit.normalY;
    hit.normalZ = -hit.normalZ;
  }
}

/** The side whose plane the point lies on, or nearly: the one where it is farthest out. */
function setBoxNormal(box: Box, x: number, y: number, z: number, hit: Hit): void {
  const { low, high } = box;
  const outX = (2 * x - low.x - high.x) / (high.x - low.x);
  const outY = (2 * y - low.y - high.y) / (high.y - low.y);
  const outZ = (2 * z - low.z - high.z) / (high.z - low.z);
  const most = Math.max(Math.abs(outX), Math.abs(outY), Math.abs(outZ));
  hit.normalX = Math.abs(outX) === most ? Math.sign(outX) : 0;
  hit.normalY = hit.normalX === 0 && Math.abs(outY) === most ? Math.sign(outY) : 0;
  hit.normalZ = hit.normalX === 0 && hit.normalY === 0 ? Math.sign(outZ) : 0;
}
