/**
 * The dispatcher that is measured, as a process of its own: the farm that `npm start` starts, with everything
 * that runs in it. Started with the tree it is taken from, so that another revision can be measured too.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Usage } from './dispatcher.ts';

/** Between two looks at the memory. */
const LOOK_MS = 50;

const [tree = '', data = '', settingsText = ''] = process.argv.slice(2);
const { adminPassword, joinToken, tickSeconds, configuration: changed } = JSON.parse(settingsText);
const load = <Module>(path: string): Promise<Module> => import(pathToFileURL(join(tree, path)).href);
const { startLocalFarm } = await load<typeof import('../local/farm.ts')>('local/farm.ts');
const { systemTimer } = await load<typeof import('../local/gateway/timer.ts')>('local/gateway/timer.ts');
const { ensureSecrets } = await load<typeof import('../shared/actions/ensureSecrets.ts')>(
  'shared/actions/ensureSecrets.ts',
);
const { systemClock } = await load<typeof import('../shared/model/clock.ts')>('shared/model/clock.ts');
const { templates } = await load<typeof import('../templates/index.ts')>('templates/index.ts');

const farm = await startLocalFarm({
  data,
  host: '127.0.0.1',
  port: 0,
  templates,
  clock: systemClock,
  timer: systemTimer,
  tickSeconds,
  isDriven: true,
  log: (line) => console.error(line),
});
await ensureSecrets(farm.context, { adminPassword, joinToken });
const settings = await farm.context.configuration.getSettings();
const permanent = { ...settings.permanent, ...changed };
if (!(await farm.context.configuration.replace({ ...settings, permanent }))) {
  throw new Error('somebody else changed the settings of a farm that has just started');
}

let mostRss = 0;
const looking = setInterval(() => {
  mostRss = Math.max(mostRss, process.memoryUsage.rss());
}, LOOK_MS);

process.on('message', (message) => {
  if (message === 'usage') {
    const { user, system } = process.cpuUsage();
    const usage: Usage = { rssMb: mostRss / 1024 ** 2, cpuMs: (user + system) / 1_000 };
    process.send?.(usage);
  }
});
process.once('disconnect', async () => {
  clearInterval(looking);
  await farm.close();
});
process.send?.({ url: farm.url });
