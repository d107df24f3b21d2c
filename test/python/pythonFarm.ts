/** One farm for the tests of a file, and what a script needs to reach it. */
import { after } from 'node:test';
import { REAL_PASSWORD, type RealFarm, realFarm } from '../support/realFarm.ts';

export interface PythonFarm extends RealFarm {
  /** Environment of a script that logs in as user `admin`. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts a farm on the machine's clock that closes after the last test of the file. */
export async function pythonFarm(): Promise<PythonFarm> {
  const farm = await realFarm({
    after: (end: () => Promise<void>) => after(end),
    diagnostic: (line: string) => console.error(line),
  } as never);
  return {
    ...farm,
    environment: {
      ROLLCALL_URL: farm.url,
      ROLLCALL_USER: 'admin',
      ROLLCALL_PASSWORD: REAL_PASSWORD,
    },
  };
}
