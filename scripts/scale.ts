/** `npm run scale`: what the hot path takes on farms of every size, and the limits of AWS that they meet. */
import { parseArgs } from 'node:util';
import { BUSY } from './cost/bill.ts';
import { simulateSlice } from './cost/slice.ts';
import { fullSizes, measureCurves } from './scale/curves.ts';
import { limitsOf } from './scale/limits.ts';
import { type Scale, scalePage, thisMachine } from './scale/page.ts';

const help = `Measures the hot path against backlog, nodes, jobs and demands; about a minute.

  --json    one object with every point, instead of the page docs/scale.md
`;

const SECONDS_PER_CHUNK = 60;

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
});

if (values.help) {
  process.stdout.write(help);
} else {
  const say = (what: string): void => console.error(`measures ${what}`);
  say('a simulated farm');
  const slice = await simulateSlice({ ...BUSY, secondsPerChunk: SECONDS_PER_CHUNK, onProgress() {} });
  const scale: Scale = {
    machine: thisMachine(),
    secondsPerChunk: SECONDS_PER_CHUNK,
    limits: limitsOf(slice),
    curves: await measureCurves(fullSizes, say),
  };
  console.log(values.json ? JSON.stringify(scale) : scalePage(scale));
}
