/**
 * Puts a queue in the place of the one that is there: what a request does. Nothing changes before all of the text was checked
 * and put aside; then the work goes in steps, `carryOnImport.ts`.
 */
import { exportName } from '../blobs/blobStore.ts';
import { DispatcherError, invalidInput } from '../errors.ts';
import { timeAfter } from '../model/clock.ts';
import type { QueueImport } from '../model/queueImport.ts';
import type { Context } from '../runtime/context.ts';
import { carryOn } from './carryOnImport.ts';
import { EXPORT_SECONDS, exportLink } from './exportQueue.ts';
import type { Once } from './once.ts';
import { loadUpload, readQueueText } from './readQueueText.ts';
import { stageImport } from './stagedImport.ts';

/** For steps within one call, which has 25 s. */
const CALL_MS = 12_000;
/** An export may take all the time that it has, so it begins a call or is left to the next. */
const CALL_SECONDS = 23;
const TRIES = 5;

export interface ImportRequest {
  readonly sql?: string | undefined;
  readonly uploadId?: string | undefined;
}

export interface ImportProgress {
  readonly importId: string;
  readonly result: 'ready' | 'started';
  readonly jobCount: number;
  readonly chunkCount: number;
  readonly doneCount: number;
  /** Of what was there before; null until it is written. */
  readonly exportName: string | null;
  readonly exportUrl: string | null;
}

/** Imports a queue, or carries on with that; answers when it is there or the time of a call is over. */
export async function importQueue(
  context: Context,
  request: ImportRequest,
  once: Once,
): Promise<ImportProgress> {
  if ((request.sql === undefined) === (request.uploadId === undefined)) {
    throw invalidInput('sql', 'must be given, or uploadId in its place');
  }
  const startedAt = context.clock.now();
  const { value: reserved, isRepeat } = await once.reserve(async () => ({
    run: context.newToken(),
    beganAt: timeAfter(context.clock),
  }));
  const present = isRepeat ? await context.queueImports.find(reserved.run) : undefined;
  const work = present ?? (await begin(context, reserved, request));
  const left = await carryOn(context, work, {
    until: startedAt + CALL_MS,
    exportUntil: startedAt + (CALL_SECONDS - EXPORT_SECONDS) * 1_000,
  });
  if (left.phase === 'refused') throw new DispatcherError('import-refused', { rule: String(left.rule) });
  return progressOf(context, left);
}

async function progressOf(context: Context, work: QueueImport): Promise<ImportProgress> {
  const { run, phase, rule, jobCount, chunkCount, doneCount } = work;
  const isExported = phase !== 'settle' && phase !== 'export' && rule === null;
  return {
    importId: run,
    result: phase === 'done' ? 'ready' : 'started',
    jobCount,
    chunkCount,
    doneCount,
    exportName: isExported ? exportName(run) : null,
    exportUrl: isExported ? await exportLink(context, exportName(run)) : null,
  };
}

/** Begins a run. What is put aside for it is the same however often it begins. */
async function begin(
  context: Context,
  { run, beganAt }: Pick<QueueImport, 'run' | 'beganAt'>,
  { sql, uploadId }: ImportRequest,
): Promise<QueueImport> {
  // Before a long text is read for nothing.
  if ((await context.configuration.getSettings()).permanent.importing !== null) throw importing();
  const text = sql ?? (await loadUpload(context, String(uploadId)));
  const jobs = await readQueueText(context, text, beganAt);
  const work: QueueImport = {
    run,
    version: 1,
    phase: 'settle',
    // Not when it was asked for: from now on others may know.
    beganAt: timeAfter(context.clock),
    uploadId: uploadId ?? null,
    ...(await stageImport(context, run, jobs)),
    place: { part: 0, line: 0 },
    generation: null,
    doneCount: 0,
    clearedUpTo: 0,
    endedAt: null,
    rule: null,
  };
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const settings = await context.configuration.getSettings();
    if (settings.permanent.importing === null && (await context.queueImports.begin(work, settings)))
      return work;
    const present = await context.queueImports.find(run);
    if (present !== undefined) return present;
    if (settings.permanent.importing !== null) throw importing();
  }
  throw new DispatcherError('conflict', { what: 'configuration', id: 'importing' });
}

const importing = (): DispatcherError => new DispatcherError('queue-importing');
