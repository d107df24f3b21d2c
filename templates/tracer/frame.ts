/** A scene at one moment: every animated value resolved, colours as amounts of light. */
import { type Track, valueAt } from './animation.ts';
import type { Scene } from './scene.ts';
import { cross, length, normalize, scale, subtract, type Vector } from './vector.ts';

/** Amounts of light, not screen values: they can be added and multiplied. */
export interface Color {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

export interface Material {
  readonly color: Color;
  /** Second colour and the size of the squares; size 0 has one colour. */
  readonly checkerColor: Color;
  readonly checkerSize: number;
  readonly reflection: number;
  readonly metal: number;
  readonly roughness: number;
  readonly glow: number;
}

export interface Sphere {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly radius: number;
  readonly material: Material;
}

/** Between two opposite corners. */
export interface Box {
  readonly low: Vector;
  readonly high: Vector;
  /** From the middle to a corner. */
  readonly reach: number;
  readonly material: Material;
}

export interface Floor {
  readonly height: number;
  readonly material: Material;
}

export interface Light {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly color: Color;
  /** The most of its three colours. */
  readonly brightness: number;
  readonly radius: number;
  readonly falloff: number;
}

export interface Sky {
  readonly zenith: Color;
  readonly horizon: Color;
  readonly ambient: number;
  readonly sunDirection: Vector;
  /** Black without a sun. */
  readonly sunColor: Color;
  readonly sunSharpness: number;
  /** Share of air a unit of distance. */
  readonly haze: number;
}

export interface Camera {
  readonly position: Vector;
  readonly forward: Vector;
  /** Length: half of what is seen at distance one, from left to right over the aspect ratio, and from top to bottom. */
  readonly right: Vector;
  readonly up: Vector;
}

export interface Frame {
  readonly number: number;
  readonly camera: Camera;
  readonly sky: Sky;
  readonly exposure: number;
  readonly bounces: number;
  readonly lights: readonly Light[];
  readonly spheres: readonly Sphere[];
  readonly boxes: readonly Box[];
  readonly floors: readonly Floor[];
  /** What throws a shadow: all but what glows, so that a lamp does not hide the light inside it. */
  readonly shadowSpheres: readonly Sphere[];
  readonly shadowBoxes: readonly Box[];
}

/** The scene at a frame, which may lie between whole frames. */
export function frameOf(scene: Scene, number: number): Frame {
  const at = (track: Track): number => valueAt(track, number)[0] ?? 0;
  const pointAt = (track: Track): Vector => toVector(valueAt(track, number));
  const colorAt = (track: Track, factor = 1): Color => toLight(valueAt(track, number), factor);

  const materials = new Map<string, Material>();
  for (const [name, material] of Object.entries(scene.materials)) {
    const color = colorAt(material.color);
    materials.set(name, {
      color,
      checkerColor: material.checker ? colorAt(material.checker.color) : color,
      checkerSize: material.checker ? at(material.checker.size) : 0,
      reflection: at(material.reflection),
      metal: at(material.metal),
      roughness: at(material.roughness),
      glow: at(material.glow),
    });
  }
  const materialOf = (name: string): Material => {
    const material = materials.get(name);
    if (material === undefined) throw new Error(`material ${name} was not checked`);
    return material;
  };

  const spheres: Sphere[] = [];
  const boxes: Box[] = [];
  const floors: Floor[] = [];
  for (const object of scene.objects) {
    const material = materialOf(object.material);
    if (object.shape === 'sphere') {
      spheres.push({ ...pointAt(object.center), radius: at(object.radius), material });
    } else if (object.shape === 'box') {
      const center = pointAt(object.center);
      const half = scale(pointAt(object.size), 0.5);
      boxes.push({
        low: subtract(center, half),
        high: subtract(center, scale(half, -1)),
        reach: length(half),
        material,
      });
    } else {
      floors.push({ height: at(object.height), material });
    }
  }

  const { sky, camera } = scene;
  const hazeDistance = at(sky.haze);
  return {
    number,
    camera: aim(pointAt(camera.position), pointAt(camera.target), at(camera.fieldOfView)),
    sky: {
      zenith: colorAt(sky.zenith),
      horizon: colorAt(sky.horizon),
      ambient: at(sky.ambient),
      sunDirection: sky.sun ? normalize(pointAt(sky.sun.direction), overhead) : overhead,
      sunColor: sky.sun ? colorAt(sky.sun.color, at(sky.sun.intensity)) : black,
      sunSharpness: sky.sun ? at(sky.sun.sharpness) : 1,
      haze: hazeDistance > 0 ? 1 / hazeDistance : 0,
    },
    exposure: at(scene.exposure),
    bounces: scene.bounces,
    lights: scene.lights.map((light) => {
      const color = colorAt(light.color, at(light.intensity));
      return {
        ...pointAt(light.position),
        color,
        brightness: Math.max(color.red, color.green, color.blue),
        radius: at(light.radius),
        falloff: at(light.falloff),
      };
    }),
    spheres,
    boxes,
    floors,
    shadowSpheres: spheres.filter(({ material }) => material.glow === 0),
    shadowBoxes: boxes.filter(({ material }) => material.glow === 0),
  };
}

const overhead: Vector = { x: 0, y: 1, z: 0 };
const black: Color = { red: 0, green: 0, blue: 0 };

function aim(position: Vector, target: Vector, fieldOfView: number): Camera {
  const forward = normalize(subtract(target, position), { x: 0, y: 0, z: -1 });
  // Looking straight up or down there is no level; any direction will do, as long as it is always the same.
  const right = normalize(cross(forward, overhead), { x: 1, y: 0, z: 0 });
  const half = Math.tan((fieldOfView * Math.PI) / 360);
  return { position, forward, right: scale(right, half), up: scale(cross(right, forward), half) };
}

function toVector(value: readonly number[]): Vector {
  const [x = 0, y = 0, z = 0] = value;
  return { x, y, z };
}

function toLight(value: readonly number[], factor: number): Color {
  const [red = 0, green = 0, blue = 0] = value;
  return { red: decode(red) * factor, green: decode(green) * factor, blue: decode(blue) * factor };
}

/** Screen value to amount of light (sRGB). */
function decode(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
