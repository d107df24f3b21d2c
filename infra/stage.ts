/** A deployment of its own: stages share nothing but the account. */
export interface Stage {
  readonly name: string;
  /** Whether what it holds outlives the stack: tables, blobs and logs stay when the stack is deleted. */
  readonly isKept: boolean;
  readonly logDays: 14 | 90;
}

/** Short, so that every name made with it keeps the limits of its service. */
const namePattern = /^[a-z][a-z0-9]{0,15}$/;

/** Stage `production` is kept; any other name is a stage to try things out, and goes as it came. */
export function stageOf(name: string): Stage {
  if (!namePattern.test(name)) {
    throw new Error(
      `stage must be 1 to 16 small letters and digits, a letter first; it is "${name}": give -c stage=NAME`,
    );
  }
  const isKept = name === 'production';
  return { name, isKept, logDays: isKept ? 90 : 14 };
}

/** The name of something in this stage. */
export const nameIn = ({ name }: Stage, what: string): string => `rollcall-${name}-${what}`;
