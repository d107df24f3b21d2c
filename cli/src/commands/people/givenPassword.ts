import { askSecret, readInput } from '../../ask.ts';

/** Never an option with the password as its value: others see the arguments of a process. */
export async function givenPassword(isOnInput: boolean, question: string): Promise<string> {
  return isOnInput ? (await readInput()).replace(/\r?\n$/, '') : askSecret(question);
}
