/** What a ray sees: surfaces in the light of lamps and sky, mirrored on from surface to surface. */
import type { Frame, Material, Sky, Sphere } from './frame.ts';
import { findNearest, Hit } from './intersect.ts';
import type { PixelRandom } from './random.ts';
import { Shadows } from './shadow.ts';

/** A ray that adds less than this to a pixel is not followed: it is below what eight bits can show. */
const faint = 0.004;

/** Shadow rays to a lamp that has a size: for what is seen directly, and for what is seen in a mirror. */
const shadowRays = 3;
const mirroredShadowRays = 1;

/**
 * Traces rays through one frame. The answer of `trace` is left in `red`, `green` and `blue`, because an object for each of
 * some hundred million rays would cost more than the rays.
 */
export class Tracer {
  red = 0;
  green = 0;
  blue = 0;

  readonly #frame: Frame;
  readonly #random: PixelRandom;
  /** Width of a pixel at distance one. */
  readonly #pixelSize: number;
  readonly #shadows: Shadows;
  readonly #hit = new Hit();
  #lightRed = 0;
  #lightGreen = 0;
  #lightBlue = 0;
  #highlightRed = 0;
  #highlightGreen = 0;
  #highlightBlue = 0;

  constructor(frame: Frame, pixelSize: number, random: PixelRandom) {
    this.#frame = frame;
    this.#pixelSize = pixelSize;
    this.#random = random;
    this.#shadows = new Shadows(frame, random);
  }

  trace(
    startX: number,
    startY: number,
    startZ: number,
    towardsX: number,
    towardsY: number,
    towardsZ: number,
  ): void {
    const { sky, bounces } = this.#frame;
    const hit = this.#hit;
    let [x, y, z] = [startX, startY, startZ];
    let [directionX, directionY, directionZ] = [towardsX, towardsY, towardsZ];
    let [red, green, blue] = [0, 0, 0];
    // How much of what the ray meets from here on reaches the eye.
    let [shareRed, shareGreen, shareBlue] = [1, 1, 1];
    let travelled = 0;
    // The roughest surface so far: a highlight seen in it cannot be sharper, and if it were, it would sparkle.
    let roughest = 0;

    for (let bounce = 0; ; bounce += 1) {
      if (bounce <= bounces) findNearest(this.#frame, x, y, z, directionX, directionY, directionZ, hit);
      const material = bounce <= bounces ? hit.material : undefined;
      if (material === undefined) {
        this.#seeSky(sky, directionX, directionY, directionZ);
        red += shareRed * this.red;
        green += shareGreen * this.green;
        blue += shareBlue * this.blue;
        break;
      }
      travelled += hit.distance;
      roughest = Math.max(roughest, material.roughness);

      if (sky.haze > 0) {
        const clear = Math.exp(-hit.distance * sky.haze);
        this.#seeSky(sky, directionX, 0, directionZ);
        red += shareRed * (1 - clear) * this.red;
        green += shareGreen * (1 - clear) * this.green;
        blue += shareBlue * (1 - clear) * this.blue;
        shareRed *= clear;
        shareGreen *= clear;
        shareBlue *= clear;
      }

      x += hit.distance * directionX;
      y += hit.distance * directionY;
      z += hit.distance * directionZ;
      const { normalX, normalY, normalZ } = hit;
      const facing = -(normalX * directionX + normalY * directionY + normalZ * directionZ);

      const second = this.#secondColor(material, x, y, z, travelled / Math.max(facing, 1e-3));
      const { color, checkerColor, metal, glow } = material;
      const colorRed = color.red + (checkerColor.red - color.red) * second;
      const colorGreen = color.green + (checkerColor.green - color.green) * second;
      const colorBlue = color.blue + (checkerColor.blue - color.blue) * second;

      const baseRed = material.reflection + (colorRed - material.reflection) * metal;
      const baseGreen = material.reflection + (colorGreen - material.reflection) * metal;
      const baseBlue = material.reflection + (colorBlue - material.reflection) * metal;
      // Fresnel after Schlick, held back on rough surfaces, which show no clear mirror even at a grazing look.
      const away = 1 - facing;
      const grazing = away * away * away * away * away;
      const smoothness = 1 - material.roughness;
      const mirrorRed = baseRed + Math.max(smoothness - baseRed, 0) * grazing;
      const mirrorGreen = baseGreen + Math.max(smoothness - baseGreen, 0) * grazing;
      const mirrorBlue = baseBlue + Math.max(smoothness - baseBlue, 0) * grazing;

      this.#gatherLight(
        roughest,
        x,
        y,
        z,
        directionX,
        directionY,
        directionZ,
        bounce === 0 ? shadowRays : mirroredShadowRays,
      );
      const paint = 1 - metal;
      red +=
        shareRed *
        (colorRed * (glow + paint * (1 - mirrorRed) * this.#lightRed) + baseRed * this.#highlightRed);
      green +=
        shareGreen *
        (colorGreen * (glow + paint * (1 - mirrorGreen) * this.#lightGreen) +
          baseGreen * this.#highlightGreen);
      blue +=
        shareBlue *
        (colorBlue * (glow + paint * (1 - mirrorBlue) * this.#lightBlue) + baseBlue * this.#highlightBlue);

      shareRed *= mirrorRed;
      shareGreen *= mirrorGreen;
      shareBlue *= mirrorBlue;
      if (shareRed < faint && shareGreen < faint && shareBlue < faint) break;

      // Mirrored, and scattered by as much as the surface is rough.
      const scatter = material.roughness * material.roughness;
      let nextX = directionX + 2 * facing * normalX;
      let nextY = directionY + 2 * facing * normalY;
      let nextZ = directionZ + 2 * facing * normalZ;
      if (scatter > 1e-4) {
        nextX += scatter * (2 * this.#random.next() - 1);
        nextY += scatter * (2 * this.#random.next() - 1);
        nextZ += scatter * (2 * this.#random.next() - 1);
        // What was scattered into the surface comes back out of it.
        const into = Math.min(nextX * normalX + nextY * normalY + nextZ * normalZ, 0);
        nextX -= 2 * into * normalX;
        nextY -= 2 * into * normalY;
        nextZ -= 2 * into * normalZ;
      }
      const size = Math.sqrt(nextX * nextX + nextY * nextY + nextZ * nextZ);
      directionX = nextX / size;
      directionY = nextY / size;
      directionZ = nextZ / size;
    }

    this.red = red;
    this.green = green;
    this.blue = blue;
  }

  /** From the horizon's colour to the zenith's, and the glow of the sun. Below the horizon it is all horizon. */
  #seeSky(sky: Sky, directionX: number, directionY: number, directionZ: number): void {
    const { horizon, zenith, sunDirection, sunColor } = sky;
    const height = directionY > 0 ? Math.sqrt(directionY) : 0;
    const towardsSun =
      directionX * sunDirection.x + directionY * sunDirection.y + directionZ * sunDirection.z;
    const sun = peak(towardsSun, sky.sunSharpness);
    this.red = horizon.red + (zenith.red - horizon.red) * height + sunColor.red * sun;
    this.green = horizon.green + (zenith.green - horizon.green) * height + sunColor.green * sun;
    this.blue = horizon.blue + (zenith.blue - horizon.blue) * height + sunColor.blue * sun;
  }

  /**
   * 0 where a surface has its first colour, 1 where it has its second. Far away, where a pixel covers whole squares, it
   * is the half of both that they would average to; else they would flicker.
   */
  #secondColor(material: Material, x: number, y: number, z: number, distance: number): number {
    const { checkerSize } = material;
    if (checkerSize === 0) return 0;
    // A hair of an offset keeps a level floor at height 0 from changing squares with the last bit of y.
    const squares =
      Math.floor(x / checkerSize) + Math.floor(y / checkerSize + 1e-4) + Math.floor(z / checkerSize);
    const contrast = Math.min(Math.max(1.5 - (distance * this.#pixelSize) / checkerSize, 0), 1);
    return 0.5 + ((squares & 1) - 0.5) * contrast;
  }

  /** Light that arrives at the hit, and its highlights towards the eye, from sky and lamps. */
  #gatherLight(
    roughness: number,
    x: number,
    y: number,
    z: number,
    directionX: number,
    directionY: number,
    directionZ: number,
    rays: number,
  ): void {
    const { normalX, normalY, normalZ, sphere } = this.#hit;
    const { sky, lights } = this.#frame;
    const open = sky.ambient * (0.5 + 0.5 * normalY) * this.#openness(sphere, x, y, z);
    this.#lightRed = open * 0.5 * (sky.horizon.red + sky.zenith.red);
    this.#lightGreen = open * 0.5 * (sky.horizon.green + sky.zenith.green);
    this.#lightBlue = open * 0.5 * (sky.horizon.blue + sky.zenith.blue);
    this.#highlightRed = 0;
    this.#highlightGreen = 0;
    this.#highlightBlue = 0;
    const spread = Math.max(roughness * roughness, 0.02);
    const sharpness = 2 / (spread * spread);

    for (const light of lights) {
      const toX = light.x - x;
      const toY = light.y - y;
      const toZ = light.z - z;
      const distance = Math.sqrt(toX * toX + toY * toY + toZ * toZ);
      const facing = (toX * normalX + toY * normalY + toZ * normalZ) / distance;
      if (!(facing > 0)) continue;
      const weakening = light.falloff > 0 ? 1 / (1 + (distance / light.falloff) ** 2) : 1;
      // What eight bits cannot show is not worth its shadows.
      if (weakening * facing * light.brightness < faint) continue;
      const arriving = weakening * facing * this.#shadows.visibleShare(light, x, y, z, sphere, rays);
      if (arriving === 0) continue;
      this.#lightRed += arriving * light.color.red;
      this.#lightGreen += arriving * light.color.green;
      this.#lightBlue += arriving * light.color.blue;

      // Highlight after Blinn: how nearly the surface mirrors the light to the eye.
      const halfX = toX / distance - directionX;
      const halfY = toY / distance - directionY;
      const halfZ = toZ / distance - directionZ;
      const aligned =
        (halfX * normalX + halfY * normalY + halfZ * normalZ) /
        Math.sqrt(halfX * halfX + halfY * halfY + halfZ * halfZ);
      const highlight = arriving * peak(aligned, sharpness) * (sharpness / 8 + 1);
      this.#highlightRed += highlight * light.color.red;
      this.#highlightGreen += highlight * light.color.green;
      this.#highlightBlue += highlight * light.color.blue;
    }
  }

  /** Share of the sky that the spheres leave open: soft contact shadows without a single ray. */
  #openness(own: Sphere | undefined, x: number, y: number, z: number): number {
    const { normalX, normalY, normalZ } = this.#hit;
    let open = 1;
    for (const sphere of this.#frame.shadowSpheres) {
      if (sphere === own) continue;
      const toX = sphere.x - x;
      const toY = sphere.y - y;
      const toZ = sphere.z - z;
      const towards = toX * normalX + toY * normalY + toZ * normalZ;
      if (towards <= 0) continue;
      const distance2 = toX * toX + toY * toY + toZ * toZ;
      const covered = (sphere.radius * sphere.radius * towards) / (distance2 * Math.sqrt(distance2));
      open *= 1 - Math.min(covered, 1);
    }
    return open;
  }
}

/**
 * The cosine of an angle to a high power: 1 straight on, falling off quickly. Powers are slow and nearly all of them are
 * next to nothing, so where the answer is below a millionth it is 0.
 */
function peak(cosine: number, power: number): number {
  return cosine > 0 && (1 - cosine) * power < 14 ? cosine ** power : 0;
}
