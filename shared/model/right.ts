/** Rights: what a user may do beyond reading and working on their own jobs. Administrators have them all. */
import * as z from 'zod/mini';
import { onDemand } from './onDemand.ts';

/** Every right and what it allows. */
export const rights = {
  'submit-for-others': 'Submits jobs and adds folders in the name of other users.',
  'change-group-jobs': 'Changes jobs of users who share a group with its holder.',
  'change-all-jobs': 'Changes jobs of all users.',
  'manage-nodes': 'Commands nodes: pauses, kills, wakes, configures and removes them.',
  'run-code': 'Runs Python code on nodes.',
  'manage-pools': 'Adds, changes and removes pools.',
  'manage-repositories': 'Adds, changes and removes repositories.',
  'manage-templates': 'Pushes, rolls back and removes templates.',
  'manage-people':
    'Adds, changes and removes users and groups, and revokes their tokens. Nobody gives a right that they do not have, nor changes somebody who has more.',
  'manage-system':
    'Starts and stops the engine, changes settings, restarts the farm softly, adds to, clears and removes logs.',
  'manage-databases': 'Clears statistics and history, exports and imports the queue.',
  'manage-archive': 'Backs up and restores jobs of all users, and deletes those that it has backed up.',
  'manage-connections': 'Disconnects Consoles and notificators, and sends them messages.',
  'read-logs': 'Reads the activity and action logs.',
} as const;
export type Right = keyof typeof rights;

export const rightSchema = onDemand(() => z.enum(Object.keys(rights) as [Right, ...Right[]]));
