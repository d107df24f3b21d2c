/** A template that was pushed to the farm: which of its editions is in force, and each edition as it was pushed. */
import type { EngineDefinition } from './engineDefinition.ts';

/** One push. Editions count from 1 and are never changed. */
export interface TemplateEdition {
  readonly id: number;
  readonly edition: number;
  readonly definition: EngineDefinition;
  readonly pushedBy: string;
  readonly pushedAt: string;
}

/** The edition in force. */
export interface PushedTemplate extends TemplateEdition {
  /** Edition that was pushed last; greater than the one in force after a roll-back. */
  readonly newest: number;
  readonly version: number;
}
