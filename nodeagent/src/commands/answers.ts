/** Answers to commands that run no program. */
import type { CommandAnswer } from '../ports.ts';

export const answerOf = (output: string): CommandAnswer => ({ ok: true, exitCode: null, output });

/** Why a command was not carried out. */
export const refusal = (reason: string): CommandAnswer => ({ ok: false, exitCode: null, output: reason });
