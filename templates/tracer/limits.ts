/**
 * The largest image that is taken: beyond it one frame needs more memory than a small node has. Stands apart so that the
 * template, which runs in the dispatcher, does not load the renderer.
 */
export const limits = {
  /** Pixels a side. */
  pixels: 16_384,
  /** Samples a pixel. */
  samples: 1_024,
} as const;
