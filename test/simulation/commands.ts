/** People who use the farm at random: they submit, edit, pause, kill and delete, at any moment or at the worst one. */

import { RollcallError, UnreachableError } from '../../client/src/client.ts';
import { type Operations, routes } from '../../client/src/generated.ts';
import type { Gateway } from './gateway.ts';
import { Operators } from './operators.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtualTime.ts';
import type { Witness } from './witness.ts';

type Submission = Operations['jobSubmit']['input']['job'];

/** By then every function knows the settings of the farm. */
export const SETTINGS_KNOWN_MS = 10_000;

export const templateIds = { plain: 1, licensed: 2, hooked: 3, gated: 4 } as const;
/** Which templates jobs have, each as often as it stands here. */
const templatesOfJobs = (
  ['plain', 'plain', 'plain', 'licensed', 'licensed', 'hooked', 'hooked', 'gated'] as const
).map((name) => templateIds[name]);
/** Whether the template has the hooks that a job meets. */
export const isHooked = (templateId: number): boolean =>
  templateId === templateIds.hooked || templateId === templateIds.gated;
/** Licences of the licensed template. */
export const LICENCES = 2;
export const pools = ['cpu', 'gpu'] as const;
/** How often a call is tried, under one request token, as the client does. */
const TRIES = 5;
const MEAN_PAUSE_MS = 5_000;
/** Longest life of a call of a function. */
const CALL_MS = 25_000;

/** Who and what takes part in something that happens. */
export interface Moment {
  readonly nodeId?: number | undefined;
  readonly jobId?: number | undefined;
  readonly chunkId?: number | undefined;
}

export class People {
  readonly #gateway: Gateway;
  readonly #time: VirtualTime;
  readonly #random: Random;
  readonly #token: string;
  readonly #witness: Witness;
  readonly #underWay = new Set<Promise<unknown>>();
  #requests = 0;
  /** Jobs that a caller was told of. */
  readonly jobIds: number[] = [];
  readonly nodeIds = new Set<number>();
  readonly operators: Operators;

  constructor(options: {
    readonly gateway: Gateway;
    readonly time: VirtualTime;
    readonly random: Random;
    readonly token: string;
    readonly witness: Witness;
  }) {
    this.#gateway = options.gateway;
    this.#time = options.time;
    this.#random = options.random;
    this.#token = options.token;
    this.#witness = options.witness;
    this.operators = new Operators({
      call: (name, input) => this.call(name, input),
      submit: (chunks) => this.submit(chunks),
      newToken: () => this.#newToken(),
      time: options.time,
      random: options.random.fork('operators'),
      witness: options.witness,
      jobIds: this.jobIds,
    });
  }

  /** Resolves when nobody waits for an answer any more. */
  async finish(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled([...this.#underWay]);
  }

  /** Repeats as the client does; undefined when the call was refused or nobody ever answered. */
  call<N extends keyof Operations>(
    name: N,
    input: Operations[N]['input'],
  ): Promise<Operations[N]['output'] | undefined> {
    const answer = this.#try(name, input);
    this.#underWay.add(answer);
    if (name === 'jobEdit') this.#noteEdit((input as Operations['jobEdit']['input']).id, answer);
    return answer.finally(() => this.#underWay.delete(answer));
  }

  async #try<N extends keyof Operations>(
    name: N,
    input: Operations[N]['input'],
  ): Promise<Operations[N]['output'] | undefined> {
    const sent = routes[name].takesRequestToken ? { requestToken: this.#newToken(), ...input } : input;
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#gateway.call(name, this.#token, sent as Operations[N]['input'], () => true);
      } catch (error) {
        const isRefused = error instanceof RollcallError && !error.retryable;
        if (isRefused && error.code === 'hook-failed') this.#witness.hooks.refusedAfterFailure();
        if (!isRefused && !(error instanceof UnreachableError) && !(error instanceof RollcallError))
          throw error;
        if (isRefused || tries === TRIES) return undefined;
        await this.#time.pause(200 * tries);
      }
    }
  }

  /** A function that nobody waits for any more may go on with it. */
  #noteEdit(jobId: number, answer: Promise<unknown>): void {
    const { editsUnderWay } = this.#witness.orders;
    editsUnderWay.push(jobId);
    const end = (): void => void editsUnderWay.splice(editsUnderWay.indexOf(jobId), 1);
    void answer.finally(() => this.#time.after(CALL_MS, end)).catch(() => {});
  }

  #newToken(): string {
    this.#requests += 1;
    return `request-token-of-people-${this.#requests}`;
  }

  async submit(chunks: number): Promise<void> {
    const random = this.#random;
    const size = random.integer(1, 4);
    const isFollowing = this.jobIds.length > 0 && random.chance(0.3);
    const job: Submission = {
      name: `job ${this.#requests}`,
      parentId: this.operators.folder(),
      templateId: random.pick(templatesOfJobs),
      endFrame: Math.max(1, chunks * size - random.integer(0, size - 1)),
      packetSize: size,
      priority: random.integer(0, 3) * 20,
      emergencyQueue: random.chance(0.1),
      maximumInstances: random.chance(0.3) ? random.integer(1, 3) : 0,
      chunksPriority: random.pick(['forward', 'backward', 'middle-out', 'interleaved'] as const),
      includedPools: random.chance(0.3) ? [random.pick(pools)] : [],
      paused: random.chance(0.05),
      startOn: random.chance(0.1)
        ? new Date(this.#time.now() + random.integer(0, 240) * 1_000).toISOString()
        : null,
      maximumChunksRequeue: random.integer(1, 4),
      ...(isFollowing ? this.#dependencies() : {}),
      attributes: {},
    };
    const submitted = await this.call('jobSubmit', { job });
    if (submitted !== undefined) this.jobIds.push(submitted.id);
  }

  #dependencies(): Pick<Submission, 'dependIds' | 'dependMode' | 'dependLinkMode'> {
    const random = this.#random;
    return {
      dependIds: [...new Set([random.pick(this.jobIds), random.pick(this.jobIds)])],
      dependMode: random.pick(['success', 'ended', 'ended'] as const),
      dependLinkMode: random.pick(['all', 'any', 'chunks'] as const),
    };
  }

  /** One command, whatever comes to mind. */
  async command(): Promise<void> {
    const random = this.#random;
    const nodeId = random.pick([...this.nodeIds]);
    const jobId = this.jobIds.length === 0 ? undefined : random.pick(this.jobIds);
    if (random.chance(0.1)) {
      await this.operators.commandFarm();
      return;
    }
    if (jobId !== undefined && random.chance(0.1)) {
      await this.operators.commandArchive(jobId);
      return;
    }
    if (jobId === undefined || random.chance(0.35)) await this.#commandNode(nodeId, jobId);
    else await this.#commandJob(jobId, random.integer(1, 30));
  }

  /** A command for what takes part in something that happens just now; a pause ends soon, so that things go on happening. */
  async commandAt(moment: Moment): Promise<void> {
    const random = this.#random;
    const { nodeId, chunkId } = moment;
    // Of a job that was submitted this very moment nobody knows yet; which one a claim will meet nobody can tell.
    const known = this.jobIds.filter((id) => id === (moment.jobId ?? id));
    const jobId = known.length === 0 ? undefined : random.pick(known);
    if (jobId !== undefined && (nodeId === undefined || random.chance(0.5))) {
      const choice = random.next();
      // A recount meets whatever is under way.
      if (choice < 0.4) await this.call('jobUpdateStatus', { id: jobId });
      else if (choice < 0.5) await this.operators.commandFarm();
      else if (choice < 0.65) await this.operators.commandArchive(jobId);
      else await this.#commandJob(jobId, chunkId ?? random.integer(1, 30));
      await this.#time.pause(random.exponential(MEAN_PAUSE_MS));
      await this.call('jobEdit', { id: jobId, changes: { paused: false } });
    } else if (nodeId !== undefined) {
      await this.#commandNode(nodeId, jobId);
      await this.#time.pause(random.exponential(MEAN_PAUSE_MS));
      await this.call('nodeResume', { id: nodeId });
    }
  }

  async #commandJob(jobId: number, chunkId: number): Promise<void> {
    const random = this.#random;
    const edit = (changes: Operations['jobEdit']['input']['changes']) =>
      this.call('jobEdit', { id: jobId, changes });
    switch (random.integer(0, 12)) {
      case 0:
        await edit({ paused: random.chance(0.5) });
        return;
      case 1:
        await edit({ priority: random.integer(0, 3) * 20 });
        return;
      case 2:
        await edit({ maximumInstances: random.integer(0, 2) });
        return;
      case 3:
        await edit({ includedPools: random.chance(0.5) ? [] : [random.pick(pools)] });
        return;
      case 4:
        // Following chunk by chunk cuts a job anew.
        this.#witness.orders.jobsRestarted.add(jobId);
        await edit(this.#dependencies());
        return;
      case 5:
        this.#witness.orders.jobsRestarted.add(jobId);
        await edit({ endFrame: random.integer(1, 40), packetSize: random.integer(1, 3) });
        return;
      case 6:
        this.#witness.orders.jobsRestarted.add(jobId);
        await this.call('jobReinit', { id: jobId });
        return;
      case 7:
        if (!random.chance(0.4)) return;
        this.#witness.orders.jobsRestarted.add(jobId);
        this.#witness.orders.jobsDeleted.add(jobId);
        // Whoever brings it back meanwhile must not think that it stays.
        this.#witness.orders.deletesUnderWay.push(jobId);
        await this.call('jobDelete', { id: jobId });
        this.#witness.orders.deletesUnderWay.splice(this.#witness.orders.deletesUnderWay.indexOf(jobId), 1);
        return;
      case 8:
        await this.call('jobUpdateStatus', { id: jobId });
        return;
      case 9:
        await this.call('systemSwapEngineStatus', {});
        return;
      default: {
        const status = random.pick(['queued', 'queued', 'completed', 'failed'] as const);
        this.#witness.orders.chunksSet.add(`${jobId}/${chunkId - 1}`);
        await this.call('chunkSetStatus', { jobId, chunkId, status });
      }
    }
  }

  async #commandNode(id: number, jobId: number | undefined): Promise<void> {
    const random = this.#random;
    switch (random.integer(0, 10)) {
      case 0:
        await this.call('nodePause', { id, kill: random.chance(0.5) });
        return;
      case 1:
        await this.call('nodeResume', { id });
        return;
      case 2:
        await this.call('nodeKillProcess', { id });
        return;
      case 3:
        await this.call('nodeKillProcessAndPause', { id });
        return;
      case 4:
        this.#witness.orders.redos = true;
        await this.call('nodeKillProcessAndRestart', { id });
        return;
      case 5:
        await this.call('nodeSoftRestart', { id });
        return;
      case 6:
        await this.call('nodeForceUpdate', { id });
        return;
      case 7:
        await this.call('nodeSendSystemEvent', { id, event: 'reboot' });
        return;
      case 8:
        if (jobId !== undefined) await this.call('nodeKillAndGoOnNodesWorkingOnJob', { id: jobId });
        return;
      case 9:
        this.#witness.orders.redos = true;
        if (jobId !== undefined) await this.call('nodeKillAndRedoNodesWorkingOnJob', { id: jobId });
        return;
      default:
        await this.call('nodeRemoveRegistration', { id });
    }
  }

  /**
   * Undoes what keeps work from being done, as whoever wants the frames would, once nothing is on its way into the archive
   * or out of it.
   */
  async release(isArchiveAtRest: () => boolean): Promise<void> {
    await this.operators.finish();
    await this.finish();
    await this.operators.restoreAll();
    while (!isArchiveAtRest()) await this.#time.pause(MEAN_PAUSE_MS);
    // Some functions have not heard yet that the last import has ended, and refuse what they are asked.
    await this.#time.pause(SETTINGS_KNOWN_MS);
    const engine = await this.call('systemQueryEngineStatus', {});
    if (engine?.running === false) await this.call('systemSwapEngineStatus', {});
    const nodes = await this.call('nodeGetList', { limit: 200 });
    for (const { id } of nodes?.nodes ?? []) {
      await this.call('nodeResume', { id });
      for (const templateId of Object.values(templateIds)) {
        await this.call('nodePurgeTemplatesExclusion', { id, templateId });
      }
      const found = await this.call('nodeGet', { id });
      for (const { id: jobId } of found?.node.excludedJobs ?? []) {
        await this.call('nodePurgeJobsExclusions', { id, jobId });
      }
    }
    // Also those whose submission nobody was told of.
    const listed = await this.call('jobGetList', { limit: 200 });
    for (const { id, paused } of listed?.jobs ?? []) {
      if (paused) await this.call('jobEdit', { id, changes: { paused: false } });
    }
  }
}
