/** The cloud path in one run, so that at its end it is known which rights nobody has used. */
import { after, describe } from 'node:test';
import { isEmulatorInstalled } from '../support/emulator.ts';
import { startFarmsBy } from '../support/startFarm.ts';
import { farmsIn } from './awsFarm.ts';
import { startStage } from './stage.ts';
import { deployedStories } from './stories/deployed.ts';
import { eventStories } from './stories/events.ts';
import { faultStories } from './stories/faults.ts';
import { operationStories } from './stories/operations.ts';
import { rightsStories, unusedRightsStory } from './stories/rights.ts';
import { secretsStory } from './stories/secrets.ts';

/** Stories of the embedded farm that are told here too, each on a stage of its own. */
const flows = [
  'backup',
  'databases',
  'submitToCompletion',
  'dependencies',
  'directory',
  'followUps',
  'generations',
  'hooks',
  'leases',
  'live',
  'lostAnswers',
  'mailboxes',
  'nodeCommands',
  'operator',
  'people',
  'queueImport',
  'races',
  'repositories',
  'rest',
  'scheduling',
  'system',
  'templates',
];

if (isEmulatorInstalled() || process.env['CI'] === 'true') await tellAll();
else describe('the stories in AWS', { skip: 'emulator not installed: npm run emulator:install' }, () => {});

async function tellAll(): Promise<void> {
  const stage = await startStage();
  startFarmsBy(farmsIn(stage));
  after(() => stage.close());
  for (const flow of flows) await import(`../flows/${flow}.test.ts`);
  for (const stories of [deployedStories, eventStories, faultStories, operationStories, rightsStories])
    stories(farmsIn(stage));
  unusedRightsStory(stage.used);
  secretsStory(stage.secrets);
}
