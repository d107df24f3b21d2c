/**
 * Sees each entry of the archive the moment it becomes visible, each job that goes because it was backed up and each one that
 * comes back, and holds the three against each other. It reads bodies by itself.
 */
import { isDeepStrictEqual } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { archivePartName } from '../../shared/blobs/blobStore.ts';
import type { ArchiveWork, BackupEntry, RestoreWork } from '../../shared/model/backupJob.ts';
import type { ChunkItem } from '../../shared/model/chunk.ts';
import type { HistoryChunk } from '../../shared/model/history.ts';
import { type JobSpec, type JobState, jobStatuses } from '../../shared/model/job.ts';
import { chunkOf } from '../../shared/store/chunkStore.ts';
import { specOf } from '../../shared/store/jobStore.ts';
import { keys, kindOf } from '../../shared/store/keys.ts';
import type { FeedRecord, Item, Key } from '../../shared/store/table.ts';
import type { TableName } from '../../shared/store/tables.ts';
import type { HistoryWitness } from './historyWitness.ts';
import type { SimulatedBlobs } from './simulatedBlobs.ts';

/** What an entry holds. */
interface Content {
  readonly entry: BackupEntry;
  /** Jobs that it waits for. */
  readonly dependsOn: number;
  readonly state: JobState;
  readonly chunks: readonly ChunkItem[];
  readonly attempts: readonly HistoryChunk[];
}

interface ArchiveWitnessOptions {
  readonly now: () => number;
  readonly find: (table: TableName, key: Key) => Item | undefined;
  readonly items: (table: TableName, partitionPrefix: string) => Iterable<Item>;
  readonly blobs: () => SimulatedBlobs;
  readonly history: HistoryWitness;
  /** Chunks that somebody set by hand, as `job/index`. */
  readonly chunksSet: ReadonlySet<string>;
  readonly violate: (rule: string, details: string, jobId?: number) => void;
}

/** Reads of history that are not strong may be so old. */
const READ_LAG_MS = 1_500;

export class ArchiveWitness {
  readonly #options: ArchiveWitnessOptions;
  /** What was ever visible, by the folder of its body. */
  readonly #contents = new Map<string, Content>();
  /** Backups under way, by the folder of their body: when they began, and how often chunks of their job had changed. */
  readonly #begun = new Map<string, { readonly at: number; readonly changes: number }>();
  readonly #changes = new Map<number, number>();
  /** Jobs on their way back. */
  readonly #returning = new Map<number, RestoreWork>();
  /** Jobs that were deleted because they are in the archive. */
  readonly #taken = new Set<number>();
  /** Jobs that came back, or were made of an entry. */
  readonly returned = new Set<number>();

  constructor(options: ArchiveWitnessOptions) {
    this.#options = options;
  }

  /** Of an item of the archive. */
  changed({ before, after }: FeedRecord): void {
    const item = after ?? before;
    if (item === undefined) return;
    if (kindOf(item) === 'BACKUPS' && after !== undefined) this.#appeared(after as unknown as BackupEntry);
    if (kindOf(item) !== 'ARCHIVEWORK') return;
    const [was, is] = [before, after] as unknown as (ArchiveWork | undefined)[];
    if (is?.kind === 'backup' && !this.#begun.has(is.body.folder)) {
      this.#begun.set(is.body.folder, { at: this.#options.now(), changes: this.#changesOf(is.jobId) });
    }
    if (is?.kind === 'restore') {
      if (is.phase === 'undo' && was?.kind === 'restore' && was.phase !== 'undo') this.#givenUp(is);
      this.#returning.set(is.jobId, is);
    }
    if (is === undefined && was?.kind === 'restore') this.#returning.delete(was.jobId);
  }

  chunkChanged(jobId: number): void {
    this.#changes.set(jobId, this.#changesOf(jobId) + 1);
  }

  isReturning(jobId: number): boolean {
    return this.#returning.has(jobId);
  }

  wasTaken(jobId: number): boolean {
    return this.#taken.has(jobId);
  }

  /** A job goes though nobody deleted it: it must be in the archive just as it is. */
  took(state: JobState): void {
    const { id, version, generation } = state;
    this.#taken.add(id);
    const spec = this.#options.find('queue', keys.job(id));
    const content = [...this.#contents.values()].find(
      ({ entry: { jobId, snapshot } }) =>
        jobId === id &&
        snapshot.stateVersion === version &&
        snapshot.generation === generation &&
        snapshot.specVersion === (spec && specOf(spec).specVersion),
    );
    if (content === undefined) {
      this.#options.violate('8 deleted only as it was backed up', `no entry has job ${id} as it was`, id);
      return;
    }
    const isTouched = ({ index }: ChunkItem): boolean => this.#options.chunksSet.has(`${id}/${index}`);
    const present = this.#chunksOf(id, generation).filter((chunk) => !isTouched(chunk));
    const kept = content.chunks.filter((chunk) => !isTouched(chunk));
    if (isDeepStrictEqual(present, kept)) return;
    this.#options.violate(
      '8 deleted only as it was backed up',
      `job ${id} goes with ${summary(present)}, the archive has ${summary(kept)}`,
      id,
    );
  }

  /** A job exists that was on its way back. */
  cameBack(state: JobState): void {
    const work = this.#returning.get(state.id);
    const content = work && this.#contents.get(work.body.folder);
    if (work === undefined || content === undefined) return;
    const { id, generation, status, total, counts } = state;
    this.#taken.delete(id);
    this.returned.add(id);
    const { violate, find, history } = this.#options;
    const rule = '8 comes back as it was';
    const present = this.#chunksOf(id, generation);
    const wanted = content.chunks.map((chunk) => ({ ...chunk, jobId: id }));
    if (!isDeepStrictEqual(present, wanted)) {
      violate(rule, `job ${id} has ${summary(present)}, the archive has ${summary(wanted)}`, id);
    }
    const isAsItWas =
      total === content.state.total &&
      isDeepStrictEqual(counts, countsOf(wanted)) &&
      (!jobStatuses[content.state.status].ended || status === content.state.status);
    if (!isAsItWas) {
      violate(rule, `job ${id} is ${status} ${JSON.stringify(counts)}, was ${content.state.status}`, id);
    }
    for (const { generation: of, chunkId, attempt, outcome } of content.attempts) {
      const key = keys.attempt(id, of, chunkId - 1, attempt);
      if (find('history', key)?.['outcome'] === outcome || history.wasCleared(key)) continue;
      violate(rule, `attempt ${attempt} of ${id}/${of}/${chunkId - 1} is missing in history`, id);
    }
  }

  /** Somebody was told that an entry is there. */
  told(entryId: number): void {
    if (this.#options.find('archive', keys.backupPlace(entryId)) !== undefined) return;
    this.#options.violate('6 nothing told is lost', `backup ${entryId} is not there`);
  }

  /** Entries, places and counts say the same, each run has made one entry at most, and each entry has its body. */
  assertWhole(): void {
    const { find, items, blobs } = this.#options;
    const months = new Map<string, number>();
    const runs = new Set<string>();
    let entries = 0;
    for (const item of items('archive', 'BACKUPS#')) {
      const { id, run, body, backedUpAt } = item as unknown as BackupEntry;
      entries += 1;
      months.set(backedUpAt.slice(0, 7), (months.get(backedUpAt.slice(0, 7)) ?? 0) + 1);
      const place = find('archive', keys.backupPlace(id));
      if (runs.has(run) || place?.['run'] !== run || place['backedUpAt'] !== backedUpAt) {
        this.#options.violate('8 one entry a run', `entry ${id} of run ${run} is there twice or in half`);
      }
      runs.add(run);
      for (let part = 0; part < body.partCount; part += 1) {
        if (blobs().find(archivePartName(body.folder, part)) === undefined) {
          this.#options.violate('8 an entry is whole', `part ${part + 1} of entry ${id} is gone`);
        }
      }
    }
    const places = [...items('archive', 'BACKUPPLACES#')].length;
    if (places !== entries) {
      this.#options.violate('8 one entry a run', `${entries} entries have ${places} places`);
    }
    for (const { sk, count } of items('archive', keys.backupMonthPartition)) {
      if (count !== (months.get(sk) ?? 0)) {
        this.#options.violate(
          '8 one entry a run',
          `month ${sk} counts ${count} of ${months.get(sk)} entries`,
        );
      }
    }
  }

  /** No run is under way any more. */
  get isAtRest(): boolean {
    return this.#options.items('archive', keys.archiveWorkPartition)[Symbol.iterator]().next().done === true;
  }

  /** In the end nothing is left but entries and their bodies. */
  assertDrained(): void {
    this.assertWhole();
    const { items, blobs } = this.#options;
    if (!this.isAtRest) {
      const left = [...items('archive', keys.archiveWorkPartition)].map(({ sk }) => sk);
      this.#options.violate('7 nothing stays unknown', `${left.join(', ')} goes on for ever`);
    }
    const owned = new Set<string>();
    for (const item of items('archive', 'BACKUPS#')) {
      const { body } = item as unknown as BackupEntry;
      for (let part = 0; part < body.partCount; part += 1) owned.add(archivePartName(body.folder, part));
    }
    // Exports, and what an import puts aside before it begins, go by time; sources of templates stay.
    const isOther = (name: string): boolean => /^(exports|imports|templates)\//.test(name);
    const strays = blobs().names.filter((name) => !owned.has(name) && !isOther(name));
    if (strays.length > 0) {
      this.#options.violate('8 no body without an entry', `${strays.join(', ')} will never be removed`);
    }
  }

  /** Nothing is damaged here; only an entry that was overwritten meanwhile, or jobs that wait for each other, can be refused. */
  #givenUp({ entryId, entryRun, jobId, body }: RestoreWork): void {
    const isThere = this.#options.find('archive', keys.backupPlace(entryId))?.['run'] === entryRun;
    const mayBeCircle = this.#contents.get(body.folder)?.dependsOn !== 0;
    if (isThere && !mayBeCircle) {
      this.#options.violate(
        '8 comes back as it was',
        `entry ${entryId} seems damaged to job ${jobId}`,
        jobId,
      );
    }
  }

  #appeared(entry: BackupEntry): void {
    const { id, jobId, snapshot, body } = entry;
    const { violate, find, now, history, items } = this.#options;
    const content = this.#read(entry);
    const begun = this.#begun.get(body.folder);
    const isWhole =
      content !== undefined &&
      content.chunks.length === body.chunkCount &&
      content.attempts.length === body.attemptCount &&
      isDeepStrictEqual(countsOf(content.chunks), entry.counts);
    if (!isWhole || begun === undefined) {
      violate('8 an entry is whole', `entry ${id} of job ${jobId} cannot be read`, jobId);
      return;
    }
    this.#contents.set(body.folder, content);
    const state = find('queue', keys.jobState(jobId));
    const isUnmoved =
      state?.['version'] === snapshot.stateVersion && this.#changesOf(jobId) === begun.changes;
    const present = this.#chunksOf(jobId, snapshot.generation);
    if (isUnmoved && !isDeepStrictEqual(present, content.chunks)) {
      const text = `entry ${id} has ${summary(content.chunks)}, job ${jobId} ${summary(present)}`;
      violate('8 an entry is as its job was', text, jobId);
    }
    const kept = new Set(
      content.attempts.map(({ generation, chunkId, attempt }) => {
        const { pk, sk } = keys.attempt(jobId, generation, chunkId - 1, attempt);
        return `${pk}/${sk}`;
      }),
    );
    for (const { pk, sk } of items('history', `ATTEMPTS#${jobId}#`)) {
      const isKept = kept.has(`${pk}/${sk}`) || Number(pk.split('#')[2]) > snapshot.generation;
      if (isKept || history.putAt({ pk, sk }) > Math.min(begun.at, now()) - READ_LAG_MS) continue;
      violate('8 an entry is as its job was', `entry ${id} does not have ${pk}/${sk}`, jobId);
    }
  }

  #read(entry: BackupEntry): Content | undefined {
    const { folder, partCount } = entry.body;
    const lines: { job?: { spec: JobSpec; state: JobState }; chunk?: ChunkItem; attempt?: HistoryChunk }[] =
      [];
    for (let part = 0; part < partCount; part += 1) {
      const packed = this.#options.blobs().find(archivePartName(folder, part));
      if (packed === undefined) return undefined;
      const text = gunzipSync(packed).toString('utf8');
      for (const line of text.split('\n')) if (line !== '') lines.push(JSON.parse(line));
    }
    const job = lines[0]?.job;
    if (job === undefined) return undefined;
    return {
      entry,
      dependsOn: job.spec.dependIds.length,
      state: job.state,
      chunks: inOrder(lines.flatMap(({ chunk }) => chunk ?? [])),
      attempts: lines.flatMap(({ attempt }) => attempt ?? []),
    };
  }

  #changesOf(jobId: number): number {
    return this.#changes.get(jobId) ?? 0;
  }

  /** Chunks as a backup has them: nobody renders them. */
  #chunksOf(jobId: number, generation: number): ChunkItem[] {
    const chunks: ChunkItem[] = [];
    for (const item of this.#options.items('queue', `CHUNKS#${jobId}#${generation}#`)) {
      const chunk = chunkOf(item);
      chunks.push(chunk.status === 'running' ? { ...chunk, status: 'queued', token: null } : chunk);
    }
    return inOrder(chunks);
  }
}

const inOrder = (chunks: readonly ChunkItem[]): ChunkItem[] =>
  [...chunks].sort((one, other) => one.index - other.index);

function countsOf(chunks: readonly ChunkItem[]): JobState['counts'] {
  const counts: Record<string, number> = { queued: 0, completed: 0, warning: 0, failed: 0 };
  for (const { status } of chunks) counts[status] = (counts[status] ?? 0) + 1;
  return counts as unknown as JobState['counts'];
}

const summary = (chunks: readonly ChunkItem[]): string =>
  chunks.map(({ index, status, attempt, outcome }) => `${index} ${status} ${attempt} ${outcome}`).join(', ');
