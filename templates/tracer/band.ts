/** A horizontal band of one frame's image: the whole of it, or one slice. */
import type { Rows } from '../../shared/domain/imageSlices.ts';
import type { Frame } from './frame.ts';
import { PixelRandom } from './random.ts';
import { Tracer } from './shade.ts';

export interface ImageSize {
  readonly width: number;
  readonly height: number;
  /** Rays a pixel. */
  readonly samples: number;
}

/**
 * Renders rows one by one into red, green and blue bytes, and yields after each, so that the caller can tell its progress.
 * A pixel depends on its place in the whole image alone: slices put together are the image, byte for byte.
 */
export function* renderRows(frame: Frame, size: ImageSize, rows: Rows, pixels: Uint8Array): Generator<void> {
  const { width, height, samples } = size;
  const { camera, exposure } = frame;
  const { position, forward, right, up } = camera;
  const random = new PixelRandom();
  const pixelSize = (2 * Math.hypot(up.x, up.y, up.z)) / height;
  const tracer = new Tracer(frame, pixelSize, random);

  for (let row = rows.first; row < rows.end; row += 1) {
    for (let column = 0; column < width; column += 1) {
      random.start(column, row, frame.number);
      const offsetX = random.next();
      const offsetY = random.next();
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let sample = 0; sample < samples; sample += 1) {
        // Evenly spread in both directions for any number of samples: steps of the golden ratio, randomly shifted.
        const acrossShift = (offsetX + sample / samples) % 1;
        const downShift = (offsetY + sample * 0.618034) % 1;
        const across = (2 * (column + acrossShift) - width) / height;
        const down = 1 - (2 * (row + downShift)) / height;
        const x = forward.x + across * right.x + down * up.x;
        const y = forward.y + across * right.y + down * up.y;
        const z = forward.z + across * right.z + down * up.z;
        const length = Math.sqrt(x * x + y * y + z * z);
        tracer.trace(position.x, position.y, position.z, x / length, y / length, z / length);
        // Before averaging, so that the edge of something very bright is as smooth as any other.
        red += compress(tracer.red * exposure);
        green += compress(tracer.green * exposure);
        blue += compress(tracer.blue * exposure);
      }
      const at = 3 * ((row - rows.first) * width + column);
      const grain = random.next();
      pixels[at] = encode(red / samples, grain);
      pixels[at + 1] = encode(green / samples, grain);
      pixels[at + 2] = encode(blue / samples, grain);
    }
    yield;
  }
}

/** Leaves all but the brightest light as it is and bends the rest towards white, which it reaches only at infinity. */
function compress(light: number): number {
  return light <= 0.8 ? light : 1 - 0.2 * Math.exp((0.8 - light) / 0.2);
}

/**
 * Amount of light to a byte (sRGB). Grain of under half a step hides the bands that a dark sky would have in eight bits,
 * and leaves a colour that is exactly a byte what it is.
 */
function encode(light: number, grain: number): number {
  const value = light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;
  return Math.round(Math.min(Math.max(value * 255 + (grain - 0.5) * 0.98, 0), 255));
}
