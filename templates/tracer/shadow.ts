/** How much of a lamp can be seen from a point. */
import type { Box, Floor, Frame, Light, Sphere } from './frame.ts';
import { boxDistance, floorDistance, sphereDistance } from './intersect.ts';
import type { PixelRandom } from './random.ts';

/**
 * Shadows in one frame. Most points see a lamp whole: of all objects, only those that reach into the cone from the point
 * around the lamp can be in the way, and where none does no ray is shot.
 */
export class Shadows {
  readonly #frame: Frame;
  readonly #random: PixelRandom;
  /**
   * What reaches into the cone, counted beside the arrays: an array that is emptied and filled for each point would be
   * allocated for each point.
   */
  readonly #spheres: Sphere[] = [];
  readonly #boxes: Box[] = [];
  readonly #floors: Floor[] = [];
  #sphereCount = 0;
  #boxCount = 0;
  #floorCount = 0;

  constructor(frame: Frame, random: PixelRandom) {
    this.#frame = frame;
    this.#random = random;
  }

  /**
   * Share of the light that reaches a point: all or nothing for a point light, by some rays for one with a size. `own` is
   * the sphere that the point is on; a point that faces the light is never in the shadow of its own sphere.
   */
  visibleShare(light: Light, x: number, y: number, z: number, own: Sphere | undefined, rays: number): number {
    if (!this.#findSuspects(light, x, y, z, own)) return 1;
    if (light.radius === 0) return this.#isSeen(light.x - x, light.y - y, light.z - z, x, y, z) ? 1 : 0;

    // Points around the lamp, evenly turned from a random start: they cover it better than independent ones.
    const turn = this.#random.next();
    const lift = this.#random.next();
    let seen = 0;
    for (let ray = 0; ray < rays; ray += 1) {
      const angle = 2 * Math.PI * (turn + ray * 0.618034);
      const height = 2 * ((lift + ray / rays) % 1) - 1;
      const reach = light.radius * Math.sqrt(1 - height * height);
      const toX = light.x - x + reach * Math.cos(angle);
      const toY = light.y - y + light.radius * height;
      const toZ = light.z - z + reach * Math.sin(angle);
      if (this.#isSeen(toX, toY, toZ, x, y, z)) seen += 1;
    }
    return seen / rays;
  }

  /** Collects what may be in the way; false when nothing is. */
  #findSuspects(light: Light, x: number, y: number, z: number, own: Sphere | undefined): boolean {
    const toX = light.x - x;
    const toY = light.y - y;
    const toZ = light.z - z;
    const distance = Math.sqrt(toX * toX + toY * toY + toZ * toZ);
    const axisX = toX / distance;
    const axisY = toY / distance;
    const axisZ = toZ / distance;
    const sine = Math.min(light.radius / distance, 1);
    const cosine = Math.sqrt(1 - sine * sine);
    const farthest = distance + light.radius;

    this.#sphereCount = 0;
    this.#boxCount = 0;
    this.#floorCount = 0;
    for (const sphere of this.#frame.shadowSpheres) {
      if (sphere === own) continue;
      const offX = sphere.x - x;
      const offY = sphere.y - y;
      const offZ = sphere.z - z;
      const along = offX * axisX + offY * axisY + offZ * axisZ;
      const offset2 = offX * offX + offY * offY + offZ * offZ;
      if (reachesCone(along, offset2, sphere.radius, sine, cosine, farthest)) {
        this.#spheres[this.#sphereCount] = sphere;
        this.#sphereCount += 1;
      }
    }
    for (const box of this.#frame.shadowBoxes) {
      const offX = 0.5 * (box.low.x + box.high.x) - x;
      const offY = 0.5 * (box.low.y + box.high.y) - y;
      const offZ = 0.5 * (box.low.z + box.high.z) - z;
      const along = offX * axisX + offY * axisY + offZ * axisZ;
      const offset2 = offX * offX + offY * offY + offZ * offZ;
      if (reachesCone(along, offset2, box.reach, sine, cosine, farthest)) {
        this.#boxes[this.#boxCount] = box;
        this.#boxCount += 1;
      }
    }
    for (const floor of this.#frame.floors) {
      const lampSide = light.y - floor.height;
      const pointSide = y - floor.height;
      // A point on the floor itself is lit from the side that it faces; a lamp that is cut by a floor is left to rays.
      if (Math.abs(pointSide) < 1e-6) continue;
      if (lampSide * pointSide < 0 || Math.abs(lampSide) < light.radius) {
        this.#floors[this.#floorCount] = floor;
        this.#floorCount += 1;
      }
    }
    return this.#sphereCount + this.#boxCount + this.#floorCount > 0;
  }

  /** Whether no suspect is between the point and the place that is so far away from it. */
  #isSeen(toX: number, toY: number, toZ: number, x: number, y: number, z: number): boolean {
    const distance = Math.sqrt(toX * toX + toY * toY + toZ * toZ);
    const directionX = toX / distance;
    const directionY = toY / distance;
    const directionZ = toZ / distance;
    for (let index = 0; index < this.#sphereCount; index += 1) {
      const sphere = this.#spheres[index];
      if (sphere === undefined) break;
      if (sphereDistance(sphere, x, y, z, directionX, directionY, directionZ) < distance) return false;
    }
    for (let index = 0; index < this.#boxCount; index += 1) {
      const box = this.#boxes[index];
      if (box === undefined) break;
      if (boxDistance(box, x, y, z, directionX, directionY, directionZ) < distance) return false;
    }
    for (let index = 0; index < this.#floorCount; index += 1) {
      const floor = this.#floors[index];
      if (floor === undefined) break;
      if (floorDistance(floor, y, directionY) < distance) return false;
    }
    return true;
  }
}

/** Whether a ball reaches into a cone; both are measured from the cone's tip, along its axis and in all. */
function reachesCone(
  along: number,
  offset2: number,
  radius: number,
  sine: number,
  cosine: number,
  farthest: number,
): boolean {
  if (along < -radius || along - radius > farthest) return false;
  const aside2 = Math.max(offset2 - along * along, 0);
  const limit = radius + along * sine;
  return limit >= 0 && aside2 * cosine * cosine <= limit * limit;
}
