/** People who look after the farm: they archive jobs and bring them back, change settings, restart, scan and clear. */
import type { Operations } from '../../client/src/generated.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtualTime.ts';
import type { Witness } from './witness.ts';

/** Asks one thing of the dispatcher; undefined when it was refused or nobody ever answered. */
export type Call = <N extends keyof Operations>(
  name: N,
  input: Operations[N]['input'],
) => Promise<Operations[N]['output'] | undefined>;

interface OperatorsOptions {
  readonly call: Call;
  readonly submit: (chunks: number) => Promise<void>;
  readonly newToken: () => string;
  readonly time: VirtualTime;
  readonly random: Random;
  readonly witness: Witness;
  readonly jobIds: number[];
}

/** How often somebody asks how far a backup or a restore is before they leave it to the tick. */
const LOOKS = 4;
/** How often somebody tries to back up a job that is still being rendered. */
const PATIENCE = 5;
const MEAN_PAUSE_MS = 3_000;
const IMPORT_LOOKS = 6;
const IMPORT_PAUSE_MS = 15_000;
/** Jobs that come while an import begins. */
const SUBMITTED_MEANWHILE = 6;
const MEAN_HASTE_MS = 500;
/** Longer than a deleted job is on its way. */
const UNTIL_GONE_MS = 310_000;
const ROOT = -1;
const FORMER_PARENT = 0;

export class Operators {
  readonly #options: OperatorsOptions;
  readonly #entryIds: number[] = [];
  /** Folders that were made. */
  readonly #folderIds: number[] = [];
  readonly #underWay = new Set<Promise<void>>();
  /** In few runs somebody imports a queue, and once: half a minute nobody else can do much. */
  #mayImport: boolean;

  constructor(options: OperatorsOptions) {
    this.#options = options;
    this.#mayImport = options.random.chance(0.2);
  }

  /** Where a new job goes. */
  folder(): number {
    return this.#folderIds.length > 0 && this.#options.random.chance(0.5)
      ? this.#options.random.pick(this.#folderIds)
      : ROOT;
  }

  async addFolder(): Promise<void> {
    const made = await this.#options.call('jobAddFolder', { parentId: this.folder(), name: 'folder' });
    if (made !== undefined) this.#folderIds.push(made.id);
  }

  /** Something with the archive and a job, which may have ended, be busy or be gone. */
  commandArchive(jobId: number): Promise<void> {
    return this.#keep(this.#commandArchive(jobId));
  }

  #keep(done: Promise<void>): Promise<void> {
    this.#underWay.add(done);
    return done.finally(() => this.#underWay.delete(done));
  }

  /** Resolves when nobody has anything in mind any more. */
  async finish(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled([...this.#underWay]);
  }

  async #commandArchive(jobId: number): Promise<void> {
    const { random, call } = this.#options;
    const id = this.#folderIds.length > 0 && random.chance(0.1) ? random.pick(this.#folderIds) : jobId;
    const name = random.pick(['backupJob', 'backupJobAndDelete'] as const);
    switch (random.integer(0, 3)) {
      case 0:
      case 1:
        // What can be rendered cannot be backed up; what is rendered ends before long.
        await call('jobEdit', { id, changes: { paused: true } });
        await this.#atOnce(() => this.#backUp(name, id, PATIENCE));
        await random.pick([
          () => this.#restoreAny(),
          () => call('jobEdit', { id, changes: { paused: false } }),
          async () => {},
        ])();
        return;
      case 2:
        await this.#atOnce(() => this.#backUp(name, id, 1));
        return;
      default:
        await this.#atOnce(() => this.#restoreAny());
    }
  }

  /** Sometimes two do the same at the same time. */
  async #atOnce(work: () => Promise<void>): Promise<void> {
    await Promise.all(this.#options.random.chance(0.3) ? [work(), work()] : [work()]);
  }

  async #restoreAny(): Promise<void> {
    if (this.#entryIds.length > 0) await this.#restore(this.#options.random.pick(this.#entryIds));
  }

  /** Something with the farm as a whole. */
  async commandFarm(): Promise<void> {
    const { random, call, witness } = this.#options;
    if (this.#mayImport && random.chance(0.5)) {
      this.#mayImport = false;
      await this.#keep(this.#import());
      return;
    }
    switch (random.integer(0, 7)) {
      case 0:
      case 1:
        await call('systemSoftRestart', {});
        return;
      case 7:
        await call('templateRetryHooks', {});
        return;
      case 2:
        await this.#configure();
        return;
      case 3:
        await call('systemStartNodesNetworkScan', {});
        return;
      case 4:
        witness.history.hasReset = true;
        await call('systemResetStatisticsCounters', {});
        return;
      default:
        await this.#clear(random.chance(0.7) ? 'history' : 'statistics');
    }
  }

  /** All of the archive that anybody knows of comes back, if it can; some wait until what was deleted last is gone. */
  async restoreAll(): Promise<void> {
    if (this.#entryIds.length > 0 && this.#options.random.chance(0.5)) {
      await this.#options.time.pause(UNTIL_GONE_MS);
    }
    for (const id of this.#entryIds) await this.#restore(id);
  }

  async #backUp(name: 'backupJob' | 'backupJobAndDelete', id: number, tries: number): Promise<void> {
    const { random, witness, call } = this.#options;
    const overwriteMode = random.pick(['keep', 'overwrite', 'add'] as const);
    if (name === 'backupJobAndDelete') witness.orders.jobsArchived.add(id);
    // Somebody else has not heard of it.
    if (random.chance(0.3)) void this.#keep(this.#editSoon(id));
    for (let tried = 0; tried < tries; tried += 1) {
      const requestToken = this.#options.newToken();
      const done = await this.#untilReady(() => call(name, { id, overwriteMode, requestToken }));
      if (done !== undefined) {
        witness.archive.told(done.id);
        if (!this.#entryIds.includes(done.id)) this.#entryIds.push(done.id);
        return;
      }
      await this.#pause();
    }
  }

  async #editSoon(id: number): Promise<void> {
    const { random, call, time } = this.#options;
    await time.pause(random.exponential(MEAN_HASTE_MS / 5));
    await call('jobEdit', { id, changes: { priority: random.integer(0, 100) } });
  }

  async #restore(id: number): Promise<void> {
    const { random, jobIds, call } = this.#options;
    const actionMode = (['duplicate-entry', 'restore-parents'] as const).filter(() => random.chance(0.4));
    const newParentId = random.chance(0.3) ? this.folder() : FORMER_PARENT;
    const requestToken = this.#options.newToken();
    const ask = () => call('backupRestoreJob', { id, actionMode, newParentId, requestToken });
    // Some click twice.
    const done = await this.#untilReady(random.chance(0.5) ? () => this.#twice(ask) : ask);
    if (done === undefined || this.#folderIds.includes(done.id)) return;
    if (!jobIds.includes(done.id)) jobIds.push(done.id);
  }

  async #twice<Done>(ask: () => Promise<Done>): Promise<Done> {
    const { time, random } = this.#options;
    const second = time.pause(random.exponential(MEAN_HASTE_MS / 10)).then(ask);
    return (await Promise.all([ask(), second]))[0];
  }

  /** Asks again while it goes on. */
  async #untilReady<Done extends { readonly result: string }>(
    ask: () => Promise<Done | undefined>,
  ): Promise<Done | undefined> {
    for (let looks = 0; looks < LOOKS; looks += 1) {
      const done = await ask();
      if (done === undefined || done.result === 'ready') return done;
      await this.#pause();
    }
    return undefined;
  }

  /** The queue as it was some time ago, or just now, comes back; whoever asked waits for it, or leaves it to the tick. */
  async #import(): Promise<void> {
    const { random, call, time } = this.#options;
    const exported = await call('dbExportQueueSQL', {});
    if (exported?.sql == null) return;
    await time.pause(random.exponential(random.pick([1, 60_000])));
    const requestToken = this.#options.newToken();
    // Some have not heard of it yet.
    if (random.chance(0.5)) void this.#keep(this.#submitMeanwhile());
    for (let looks = random.integer(1, IMPORT_LOOKS); looks > 0; looks -= 1) {
      const done = await call('dbImportQueueSQL', { sql: exported.sql, requestToken });
      if (done?.result === 'ready') return;
      await time.pause(random.exponential(IMPORT_PAUSE_MS));
    }
  }

  async #submitMeanwhile(): Promise<void> {
    for (let jobs = 0; jobs < SUBMITTED_MEANWHILE; jobs += 1) {
      await this.#options.submit(1);
      await this.#options.time.pause(this.#options.random.exponential(MEAN_HASTE_MS));
    }
  }

  async #configure(): Promise<void> {
    const { random, call } = this.#options;
    const seen = await call('systemGetConfiguration', {});
    if (seen === undefined) return;
    const changes = random.pick([
      { busyLeaseSeconds: 40, busyHeartbeatSeconds: 15 },
      { busyLeaseSeconds: 180, busyHeartbeatSeconds: 60 },
      { idleLeaseSeconds: 120, idleHeartbeatSeconds: 60 },
      { idleLeaseSeconds: 900, idleHeartbeatSeconds: 300 },
      { acceptSeconds: 10 },
      { maximumChunksRequeue: random.integer(0, 3) },
      { failuresExcludeJob: random.integer(0, 2), jobsExcludeTemplate: random.integer(0, 2) },
    ]);
    await call('systemSetConfiguration', {
      configuration: { ...changes, version: seen.configuration.version },
      store: random.chance(0.5),
    });
  }

  async #clear(what: 'history' | 'statistics'): Promise<void> {
    const { random, call, witness, time } = this.#options;
    const at = (): string => new Date(time.now() - random.integer(0, 600_000)).toISOString();
    const [one, other] = [at(), at()];
    const [first, last] = one < other ? [one, other] : [other, one];
    const order = {
      what,
      // Seldom: ten years are two thousand queries.
      start: random.chance(0.05) ? null : first,
      end: random.chance(0.3) ? null : last,
    };
    witness.history.orders.push(order);
    const { start, end } = order;
    const askedAt = time.now();
    const name = what === 'history' ? 'dbClearHistoryBounds' : 'dbClearStatisticsBounds';
    const done = await call(name, { start, end });
    if (done?.remaining === null) witness.history.told(order, askedAt);
  }

  #pause(): Promise<void> {
    return this.#options.time.pause(this.#options.random.exponential(MEAN_PAUSE_MS));
  }
}
