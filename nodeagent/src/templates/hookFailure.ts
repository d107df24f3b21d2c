/** A template that could not be asked; says which of its functions and why, for people. */
export class HookFailure extends Error {
  override readonly name = 'HookFailure';
}
