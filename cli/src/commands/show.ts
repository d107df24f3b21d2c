import type { Command } from 'commander';
import { type Client, RollcallError } from '../../../client/src/client.ts';
import type { Job } from '../../../client/src/generated.ts';
import { frameRange } from '../arguments/frames.ts';
import { parseId, ROOT_ID } from '../arguments/ids.ts';
import { templateName } from '../arguments/template.ts';
import { bar, endedCount } from '../output/bar.ts';
import { counted, duration, fullTime, percent, timeBetween, withLocalTimes } from '../output/format.ts';
import { paintLine } from '../output/line.ts';
import { type Pair, pairs } from '../output/pairs.ts';
import { printable } from '../output/printable.ts';
import type { Screen } from '../output/screen.ts';
import { hasEnded, jobStatus } from '../output/styles.ts';
import { openSession } from '../session.ts';

const BAR_WIDTH = 40;
/** Deeper than any queue; it only ends a walk that would not. */
const DEEPEST_FOLDER = 100;

export function addShow(program: Command): void {
  program
    .command('show')
    .argument('<id>', 'id of a job or folder', parseId)
    .summary('show one job')
    .description('Shows a job or folder: how far it is, when, and what was submitted.')
    .action(async (id: number, _: object, command: Command) => {
      const { client, screen } = openSession(command);
      const { job } = await client.jobGet({ id });
      const path = screen.isJson ? [] : await folderPath(client, job.parentId);
      screen.answer({ json: () => ({ job }), text: () => jobLines(job, path, screen) });
    });
}

/** Names of the folders from the root down; a folder that is being deleted ends the path. */
async function folderPath(client: Client, folderId: number): Promise<string[]> {
  const path: string[] = [];
  let id = folderId;
  try {
    while (id !== ROOT_ID && path.length < DEEPEST_FOLDER) {
      const { job } = await client.jobGet({ id });
      path.unshift(job.name);
      id = job.parentId;
    }
  } catch (error) {
    if (!(error instanceof RollcallError && error.code === 'not-found')) throw error;
  }
  return path;
}

function jobLines(job: Job, path: readonly string[], screen: Screen): string[] {
  const { paint } = screen;
  const folder: Pair = ['Folder', path.length === 0 ? 'root' : path.join(' / ')];
  const title = `${paint('dim', String(job.id))}  ${paint('bold', printable(job.name))}`;
  if (job.type === 'folder') {
    const facts: Pair[] = [folder, ['Owner', job.owner], ['Made', fullTime(job.submittedAt)]];
    return [`${title}/`, '', ...pairs(facts, screen)];
  }
  const status = jobStatus(job);
  return [
    `${title}  ${paint(status.style, status.text)}`,
    `${paintLine(bar(job, BAR_WIDTH), BAR_WIDTH, paint)}  ${percent(job.progress)}`,
    paint('dim', withLocalTimes(printable(job.statusReason))),
    '',
    ...pairs([...progressFacts(job), ...timeFacts(job)], screen),
    '',
    ...pairs([folder, ...specFacts(job)], screen),
  ];
}

function progressFacts(job: Job): Pair[] {
  const { counts } = job;
  const parts = [
    [counts.completed, 'completed'],
    [counts.warning, 'with warnings'],
    [counts.failed, 'failed'],
    [job.runningCount, 'running'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return [
    ['Chunks', [`${endedCount(job)} of ${job.chunkCount} ended`, ...said].join(', ')],
    ['Generation', job.generation > 1 ? String(job.generation) : ''],
  ];
}

function timeFacts(job: Job): Pair[] {
  const took = timeBetween(job.startedAt, job.endedAt, Date.now());
  return [
    ['Submitted', `${fullTime(job.submittedAt)} by ${job.owner}`],
    ['Starts', job.startOn === null || hasEnded(job) ? '' : `not before ${fullTime(job.startOn)}`],
    ['Started', job.startedAt === null ? '' : fullTime(job.startedAt)],
    ['Ended', job.endedAt === null ? '' : fullTime(job.endedAt)],
    [job.endedAt === null ? 'Running for' : 'Took', took],
  ];
}

function specFacts(job: Job): Pair[] {
  const isSliced = job.packetType === 'image-slices';
  const packets = isSliced ? counted(job.imageSlices, 'slice') : counted(job.packetSize, 'frame');
  const least = [
    [job.minimumCores, 'cores'],
    [job.minimumThreads, 'threads'],
    [job.minimumSpeedMhz, 'MHz'],
    [job.minimumRamMb, 'MB of free memory'],
    [job.minimumPhysicalMb, 'MB of memory'],
    [job.minimumDiskSpaceMb, 'MB of free disk space'],
  ] as const;
  const wants = least.filter(([value]) => value !== null).map(([value, unit]) => `${value} ${unit}`);
  return [
    ['Template', `${templateName(job.templateId)} (${job.templateId})`],
    ['Frames', `${frameRange(job)}, ${isSliced ? `each frame in ${packets}` : `${packets} a chunk`}`],
    ['Order', job.chunksPriority === 'forward' ? '' : job.chunksPriority],
    ['Priority', `${job.priority}${job.emergencyQueue ? ', emergency' : ''}`],
    ['At most', job.maximumInstances === 0 ? '' : `${counted(job.maximumInstances, 'node')} at a time`],
    ['Pools', job.includedPools.join(', ')],
    ['Not pools', job.excludedPools.join(', ')],
    ['Platform', job.platform === 'any' ? '' : job.platform],
    ['Needs', wants.join(', ')],
    ['Waits for', dependencies(job)],
    ['Time limit', job.chunkTimeoutSeconds ? `${duration(job.chunkTimeoutSeconds)} a chunk` : ''],
    ['Retries', job.maximumChunksRequeue === null ? '' : `${job.maximumChunksRequeue} a chunk`],
    ['Department', job.department],
    ['Project', job.project],
    ['Sequence', job.sequence],
    ['Shot', job.shot],
    ['Camera', job.camera],
    ...Object.entries(job.attributes).map(
      ([name, { value, state }]): Pair => [`attr ${name}`, state ? String(value) : `${value} (off)`],
    ),
    ...Object.entries(job.environment).map(([name, value]): Pair => [`env ${name}`, value]),
  ];
}

function dependencies(job: Job): string {
  if (job.dependIds.length === 0) return '';
  const how = job.dependLinkMode === 'chunks' ? 'chunk by chunk' : job.dependLinkMode;
  return `${job.dependIds.join(', ')} (${job.dependMode}, ${how})`;
}
