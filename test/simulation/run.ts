/** One seed: a small farm, its people, everything that goes wrong, and the calm after it in which all of it must come right. */

import { isDeepStrictEqual } from 'node:util';
import type { AssignmentKey } from '../../client/src/generated.ts';
import type { Template } from '../../shared/contract/hooks.ts';
import { packetAt } from '../../shared/domain/chunking.ts';
import { coveringIndexes, followsChunks, isChunkDone } from '../../shared/domain/dependencies.ts';
import { exitCodeChecks } from '../../shared/domain/exitCodeChecks.ts';
import { isClaimable, isStartable } from '../../shared/domain/jobStatus.ts';
import { classRule } from '../../shared/domain/matchClass.ts';
import { exclusionRule } from '../../shared/domain/scheduling.ts';
import type { ChunkStatus } from '../../shared/model/chunk.ts';
import { handsOut } from '../../shared/model/configuration.ts';
import { type JobSpec, type JobState, jobStatuses } from '../../shared/model/job.ts';
import type { NodeState } from '../../shared/model/node.ts';
import { chunkOf } from '../../shared/store/chunkStore.ts';
import { specOf, stateOf } from '../../shared/store/jobStore.ts';
import { keys, kindOf } from '../../shared/store/keys.ts';
import { nodeStateOf } from '../../shared/store/nodeStore.ts';
import { configurationOf } from '../../shared/store/settingsStore.ts';
import type { FeedRecord, Item } from '../../shared/store/table.ts';
import { LICENCES, type Moment, People, pools, templateIds } from './commands.ts';
import { createFarm, type Farm, tokens } from './farm.ts';
import { allFaults, type FaultKind, Faults } from './faults.ts';
import { Random } from './random.ts';
import { SimulatedAgent, type World } from './simulatedAgent.ts';
import { SimulatedHooks, simulatedChunkGate, simulatedHooks } from './simulatedHooks.ts';
import { VirtualTime } from './virtualTime.ts';
import { Violation, Witness } from './witness.ts';

export interface RunOptions {
  readonly seed: number;
  /** Kinds that the run may draw from. @default all */
  readonly faults?: readonly FaultKind[];
  /** Nodes, instead of as many as the seed draws. */
  readonly nodes?: number;
  readonly isTraced?: boolean;
}

export interface RunResult {
  readonly seed: number;
  readonly violation: Violation | undefined;
  /** Whether a record or message failed five times by bad luck alone, so that the end was not judged. */
  readonly wasPutAside: boolean;
  readonly chunkLives: number;
  readonly nodes: number;
  readonly chunks: number;
  readonly virtualSeconds: number;
  readonly faults: ReadonlyMap<FaultKind, number>;
  /** What the run did, newest last; empty unless it was traced. */
  readonly trace: readonly string[];
}

const START = Date.UTC(2026, 0, 1);
/** In so many runs a hook that fails holds nothing up. */
const FAILED_HOOKS_PASS = 0.25;
const MINUTE = 60_000;
/** In calm everything must have come right after so long: a lease, twice the second sight of a repair. */
const CALM_MS = 40 * MINUTE;
/** Longest that in calm a wrong may stand that the next tick but one should have righted. */
const OVERDUE_MS = 3 * MINUTE;
/** How often to look whether everything has come to its end. */
const LOOK_MS = 1_000;
/** Longest that a pushed chunk may stay unaccepted beyond its time: the next tick takes it back. */
const UNACCEPTED_MS = 80_000;

const templates: readonly Template[] = [
  { id: templateIds.plain, name: 'plain', limits: [] },
  { id: templateIds.licensed, name: 'licensed', limits: [{ name: 'licence', maximum: LICENCES }] },
  { id: templateIds.hooked, name: 'hooked', limits: [], ...simulatedHooks },
  { id: templateIds.gated, name: 'gated', limits: [], ...simulatedChunkGate },
].map((template) => ({
  ...template,
  description: 'Renders nothing.',
  fields: [],
  checks: exitCodeChecks,
  buildCommand: () => ({ program: 'render', arguments: [] }),
}));

/** Runs a seed to its end; throws only for what is wrong with the simulation itself. */
export async function runSeed(options: RunOptions): Promise<RunResult> {
  const random = new Random(options.seed);
  const time = new VirtualTime(START);
  const faults = new Faults(random.fork('faults'), options.faults ?? allFaults);
  const size = drawSize(random.fork('size'), options.nodes);
  const hasCrashes = mayNeedRepair(faults);
  const failedHooksPass = random.fork('failed hooks').chance(FAILED_HOOKS_PASS);
  let violation: Violation | undefined;
  let story: Story | undefined;
  const fail = (found: Violation): void => {
    violation ??= found;
    time.fail(found);
  };
  const witness = new Witness({
    now: () => time.now(),
    start: START,
    onViolation: fail,
    find: (table, key) => farm.table.peek(table, key),
    items: (table, prefix) => farm.table.all(table, prefix),
    blobs: () => farm.blobs,
    wasPutAside: () => wasPutAside(farm),
    limits: new Map([['licence', LICENCES]]),
    countsAreExact: !hasCrashes,
    failedHooksPass,
    isTraced: options.isTraced ?? false,
  });
  const hooks = new SimulatedHooks(time, faults, random.fork('hooks'), witness.hooks);
  const farm = await createFarm({
    time,
    faults,
    random: random.fork('farm'),
    templates,
    hooks,
    callsAtOnce: random.fork('instances').chance(0.3) ? 50 : 1,
    onChange(record) {
      witness.changed(record);
      story?.changed(record);
    },
    onThrow(error) {
      if (!isForeseen(String(error))) fail(new Violation('no internal error', String(error)));
    },
    log(line) {
      witness.trace(() => `log ${line.slice(0, 400)}`);
      const entry = JSON.parse(line);
      // Our own fault, not that of whoever called: whatever was thrown there was not foreseen.
      const isFault = ['request-failed', 'record-failed', 'duty-failed', 'archive-work-failed'].includes(
        entry.event,
      );
      if (isFault && !isForeseen(String(entry.error))) fail(new Violation('no internal error', line));
      if (repairEvents.has(entry.event) && !hasCrashes) {
        fail(new Violation('only crashes need repairs', line, entry.jobId));
      }
    },
  });
  if (failedHooksPass) {
    const settings = await farm.context.configuration.getSettings();
    const permanent = { ...settings.permanent, failedHooksPass };
    await farm.context.configuration.replace({ ...settings, permanent });
  }
  farm.queues.mayBePutAside = (body) => isHookMessage(body) && witness.hooks.putAside(body);
  const agents = Array.from({ length: size.nodes }, (_, position) => {
    const settings = {
      name: `node-${position + 1}`,
      pools: position === 0 ? pools : pools.filter(() => random.chance(0.4)),
      cores: 8,
      joinToken: tokens.join,
      renderMs: size.renderMs,
    };
    const world = { time, faults, random: random.fork(settings.name), gateway: farm.gateway };
    const onCall: World['onCall'] = (operation, attempt) => story?.called(settings.name, operation, attempt);
    return new SimulatedAgent(settings, { ...world, queues: farm.queues, witness, onCall });
  });
  const people = new People({
    gateway: farm.gateway,
    time,
    random: random.fork('people'),
    token: tokens.user,
    witness,
  });
  story = new Story({
    time,
    faults,
    random: random.fork('story'),
    farm,
    hooks,
    agents,
    people,
    size,
    witness,
  });
  try {
    const isDrained = await story.run(fail);
    // A record or message that failed five times waits for somebody to look at its alarm: what follows from it is due.
    if (!wasPutAside(farm)) {
      if (!isDrained) throw story.whatIsLeft();
      story.assertDrained();
      if (violation !== undefined) throw violation;
    }
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    violation ??= error;
  }
  return {
    seed: options.seed,
    violation,
    wasPutAside: wasPutAside(farm),
    chunkLives: witness.chunkLives,
    nodes: size.nodes,
    chunks: size.jobs.reduce((sum, chunks) => sum + chunks, 0),
    virtualSeconds: (time.now() - START) / 1_000,
    faults: faults.counts,
    trace: witness.lines,
  };
}

/** Faults that end a function in the middle of its work, or leave it without knowing what it has done. */
const crashes: readonly FaultKind[] = ['crash-before', 'crash-after', 'write-unclear', 'throttled', 'slow'];
const mayNeedRepair = (faults: Faults): boolean => crashes.some((kind) => faults.has(kind));
/** What the dispatcher logs when it mends what a crash has left. */
const repairEvents: ReadonlySet<string> = new Set(['chunk-orphaned', 'slots-corrected', 'limit-corrected']);

/** What the simulation itself threw, and conflicts, which leave their message in the queue and are repeated. */
const isForeseen = (error: string): boolean =>
  /HookFailed|ThrottlingException|WriteUncertainError|InstanceDiedError|changed at the same time/.test(error);

/** The table never changes an item that it holds: what was read out of one once is so for ever. */
function readOnce<T>(read: (item: Item) => T): (item: Item) => T {
  const known = new WeakMap<Item, T>();
  return (item) => {
    const found = known.get(item) ?? read(item);
    known.set(item, found);
    return found;
  };
}
const stateIn = readOnce(stateOf);
const specIn = readOnce(specOf);
const nodeStateIn = readOnce(nodeStateOf);

interface Size {
  readonly nodes: number;
  /** Chunks of each job. */
  readonly jobs: readonly number[];
  readonly renderMs: number;
  readonly stormMs: number;
}

/** Most farms are small, so that many fit into a minute. */
const MOST_CHUNKS = 60;
/** A storm in which more has happened is over: a seed is to take a quarter of a second at most, some 10,000 things. */
const MOST_IN_A_STORM = 3_000;

function drawSize(random: Random, asked: number | undefined): Size {
  const scale = random.pick([1, 1, 1, 1, 2, 2, 4]);
  const jobs = Array.from({ length: random.integer(1, 2 + scale) }, () =>
    Math.min(100, 1 + Math.floor(random.exponential(6 * scale))),
  );
  const nodes = asked ?? random.integer(1, 4 * scale);
  return {
    nodes,
    jobs: jobs.filter((_, position) => sum(jobs.slice(0, position + 1)) <= MOST_CHUNKS),
    renderMs: random.pick([2_000, 15_000, 60_000, 180_000]),
    stormMs: random.integer(2, 15) * MINUTE,
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** How many people may command a node or its job at a call of its agent: the rarer the call, the more. */
const chancesAt: Readonly<Record<string, number>> = { nodeRegister: 8, nodeClaim: 1, nodeReport: 1 };
/** Between something that happens and the command of somebody who was waiting for it. */
const MEAN_REACTION_MS = 30;

/** A node that gets or loses a chunk, a job whose status changes or whose last slot comes back. */
function momentOf(before: Item, after: Item): Moment | undefined {
  switch (kindOf(after)) {
    case 'NODESTATES': {
      const [was, is] = [nodeStateIn(before), nodeStateIn(after)];
      if (was.assignment?.token === is.assignment?.token) return undefined;
      const { jobId, index = 0 } = is.assignment ?? was.assignment ?? {};
      return { nodeId: is.id, jobId, chunkId: index + 1 };
    }
    case 'STATES': {
      const [was, is] = [stateIn(before), stateIn(after)];
      const isMoment = was.status !== is.status || (was.slots > 0 && is.slots === 0);
      return isMoment ? { jobId: is.id } : undefined;
    }
    default:
      return undefined;
  }
}

interface StoryParts {
  readonly time: VirtualTime;
  readonly faults: Faults;
  readonly random: Random;
  readonly farm: Farm;
  readonly hooks: SimulatedHooks;
  readonly agents: readonly SimulatedAgent[];
  readonly people: People;
  readonly size: Size;
  readonly witness: Witness;
}

/** What happens in a run, first to last. */
class Story {
  readonly #parts: StoryParts;
  /** Since when something is so that must not stay so. */
  readonly #startedAt = new Map<string, number>();
  /** Idle nodes and work that they could do, as seen last. */
  #pairs: ReadonlySet<string> = new Set();
  /** Chunks that waited without a reason, as seen last. */
  #held: ReadonlySet<string> = new Set();
  /** Chunks of each job that is still to come. */
  readonly #toSubmit: number[];
  #isReleased = false;
  #looksAgainAt = 0;

  constructor(parts: StoryParts) {
    this.#parts = parts;
    this.#toSubmit = [...parts.size.jobs];
  }

  /** Answers whether everything came to its end. */
  async run(onViolation: (violation: Violation) => void): Promise<boolean> {
    const { time, faults, random, agents, size } = this.#parts;
    for (const agent of agents) time.after(random.between(0, 20_000), () => agent.start());
    for (let folders = random.integer(0, 2); folders > 0; folders -= 1) {
      time.after(random.between(0, 5_000), () => this.#do(() => this.#parts.people.operators.addFolder()));
    }
    for (const _ of size.jobs) time.after(random.between(0, size.stormMs / 2), () => this.#submitNext());
    this.#tickOnTime();
    this.#disturb();
    this.#watchFeed(onViolation);
    // A tick that is missing or dies rights nothing.
    const rightsItself = !mayNeedRepair(faults) && !faults.has('tick-irregular');
    if (rightsItself) this.#watch(onViolation);
    await time.runUntil(() => time.happened >= MOST_IN_A_STORM, START + size.stormMs);

    faults.calm();
    for (const [position, agent] of agents.entries()) {
      agent.thaw();
      agent.partition(0);
      // Some never come back; the first one can do all the work that there is.
      if (position === 0 || random.chance(0.7)) agent.start();
      else agent.crash();
    }
    // Of a storm that was over early some jobs have not come yet.
    while (this.#toSubmit.length > 0) this.#submitNext();
    const calmAt = time.now();
    this.#do(async () => {
      await this.#parts.people.release(() => this.#parts.witness.archive.isAtRest);
      this.#isReleased = true;
    });
    // The tick at the end of the storm may have been a missing one.
    if (!rightsItself) time.after(MINUTE + 5_000, () => this.#watch(onViolation));
    const isDrained = await time.runUntil(() => this.#isDrained(), calmAt + CALM_MS + 4 * this.#renderMs());
    if (!isDrained) return false;
    // What remains is repaired at a second sight; nothing may remain after that.
    await time.runUntil(() => false, time.now() + 4 * MINUTE);
    await time.runUntil(() => farmIsAtRest(this.#parts.farm), time.now() + 30 * MINUTE);
    return true;
  }

  #submitNext(): void {
    const chunks = this.#toSubmit.shift();
    if (chunks !== undefined) this.#do(() => this.#parts.people.submit(chunks));
  }

  /** At the end the items, the counts and the history tell the same story. */
  assertDrained(): void {
    const { farm, agents, witness } = this.#parts;
    witness.archive.assertDrained();
    witness.hooks.assertDrained();
    const here = new Set(agents.filter(({ isRunning }) => isRunning).map(({ settings }) => settings.name));
    witness.restarts.assertReached((id) =>
      here.has(String(farm.table.peek('farm', keys.node(id))?.['name'])),
    );
    for (const state of this.#jobs()) this.#assertJob(state);
    for (const node of this.#nodes()) {
      if (node.assignment !== null) {
        throw new Violation(
          '7 nothing stays unknown',
          `node ${node.id} still holds a chunk`,
          node.assignment.jobId,
        );
      }
    }
    for (const agent of agents) {
      // Whoever is away delivers when it is back.
      if (agent.isRunning && (agent.runningToken !== undefined || agent.hasReports)) {
        throw new Violation(
          '7 nothing stays unknown',
          `${agent.settings.name} still runs or reports something`,
        );
      }
    }
    for (const limit of farm.table.all('farm', 'LIMITS')) {
      if (limit['inUse'] !== 0)
        throw new Violation('5 limits', `${limit.sk} is at ${limit['inUse']} in the end`);
    }
    for (const { jobId, generation, index, attempt, outcome } of witness.ended()) {
      const key = keys.attempt(jobId, generation, index, attempt);
      const record = farm.table.peek('history', key);
      if (record === undefined && witness.history.wasCleared(key)) continue;
      if (record?.['outcome'] !== outcome) {
        throw new Violation(
          'history has every attempt',
          `attempt ${attempt} of ${jobId}/${generation}/${index} ended ${outcome}, history says ${record?.['outcome']}`,
          jobId,
        );
      }
    }
    for (const id of this.#parts.people.jobIds) {
      const isThere = farm.table.peek('queue', keys.jobState(id)) !== undefined;
      const isDeleted = witness.orders.jobsDeleted.has(id) || witness.archive.wasTaken(id);
      if (!isThere && !isDeleted) throw new Violation('6 nothing told is lost', `job ${id} is gone`, id);
    }
  }

  #assertJob(state: JobState): void {
    const { farm } = this.#parts;
    const counts = this.#countItems(state);
    const { running, ...counted } = counts;
    if (jobStatuses[state.status].ended && running + counts.queued > 0) {
      const text = `job ${state.id} has ended ${state.status} with ${JSON.stringify(counts)}`;
      throw new Violation('3 a job ends by its items', text, state.id);
    }
    if (state.slots !== running || !isDeepStrictEqual(counted, { ...state.counts })) {
      throw new Violation(
        '3 counts equal the items',
        `job ${state.id}, ${state.status}, has ${JSON.stringify(counts)} and says ${state.slots} ${JSON.stringify(state.counts)}`,
        state.id,
      );
    }
    const former = [...farm.table.all('queue', `CHUNKS#${state.id}#`)].filter(
      (item) => Number(item.pk.split('#')[2]) < state.generation,
    );
    if (former.length > 0) {
      throw new Violation(
        'former generations are swept',
        `job ${state.id} has ${former.length} items`,
        state.id,
      );
    }
  }

  #do(work: () => Promise<unknown>): void {
    work().catch((error: unknown) => this.#parts.time.fail(error));
  }

  #tickOnTime(): void {
    const { time, faults, farm } = this.#parts;
    time.after(MINUTE, () => {
      if (!faults.strikes('tick-irregular')) this.#do(() => farm.tick());
      else if (faults.stream('tick-irregular').chance(0.5)) {
        this.#do(() => farm.tick());
        this.#do(() => farm.tick());
      }
      this.#tickOnTime();
    });
  }

  /** Nodes fail and people give commands, each in a rhythm of its own. */
  #disturb(): void {
    const { faults, size, agents } = this.#parts;
    // In some runs hardly anything happens, in others hardly anything else.
    const mean = (kind: FaultKind, counts: readonly number[]): number =>
      size.stormMs / faults.stream(kind).pick(counts);
    this.#often('node-crash', mean('node-crash', [4, 10]), (random) => {
      const agent = random.pick(agents);
      if (random.chance(0.2)) agent.leave();
      else agent.crash();
      // At once, within its lease, or long after it.
      const awayMs = random.pick([100, 20_000, 60_000, 300_000, 1_200_000]);
      this.#parts.time.after(awayMs, () => {
        if (!faults.isCalm) agent.start();
      });
    });
    this.#often('node-freeze', mean('node-freeze', [4, 10, 20]), (random) =>
      random.pick(agents).freeze(random.between(2_000, 300_000)),
    );
    this.#often('node-partition', mean('node-partition', [4, 10, 20]), (random) =>
      random.pick(agents).partition(random.between(2_000, 300_000)),
    );
    this.#often('commands', mean('commands', [10, 30, 80]), () => {
      const { people, farm } = this.#parts;
      for (const { sk } of farm.table.all('farm', 'NODES#')) people.nodeIds.add(keys.idIn(sk));
      if (people.nodeIds.size > 0) this.#do(() => people.command());
    });
  }

  /** An agent sends a call. */
  called(name: string, operation: string, attempt: AssignmentKey | undefined): void {
    const { faults, farm } = this.#parts;
    if (!faults.has('timely-command')) return;
    for (let chances = chancesAt[operation] ?? 0; chances > 0; chances -= 1) {
      if (!faults.strikes('timely-command')) continue;
      const item = [...farm.table.all('farm', 'NODES#')].find((node) => node['name'] === name);
      this.#meddle({
        nodeId: item && keys.idIn(item.sk),
        jobId: attempt?.jobId,
        chunkId: attempt && attempt.index + 1,
      });
    }
  }

  /** Something was written. */
  changed({ before, after }: FeedRecord): void {
    const { faults } = this.#parts;
    if (before === undefined || after === undefined || !faults.has('timely-command')) return;
    const moment = momentOf(before, after);
    if (moment !== undefined && faults.strikes('timely-command')) this.#meddle(moment);
  }

  #meddle(moment: Moment): void {
    const { time, faults, people } = this.#parts;
    time.after(faults.stream('timely-command').exponential(MEAN_REACTION_MS), () =>
      this.#do(() => people.commandAt(moment)),
    );
  }

  #often(kind: FaultKind, meanMs: number, strike: (random: Random) => void): void {
    const { time, faults } = this.#parts;
    if (!faults.has(kind)) return;
    const random = faults.stream(kind);
    time.after(random.exponential(meanMs), () => {
      if (faults.isCalm) return;
      faults.counts.set(kind, (faults.counts.get(kind) ?? 0) + 1);
      strike(random);
      this.#often(kind, meanMs, strike);
    });
  }

  *#jobs(): Generator<JobState> {
    for (const item of this.#parts.farm.table.all('queue', 'STATES#')) {
      const state = stateIn(item);
      if (state.status !== 'folder') yield state;
    }
  }

  *#nodes(): Generator<NodeState> {
    for (const item of this.#parts.farm.table.all('farm', 'NODESTATES#')) yield nodeStateIn(item);
  }

  #isDrained(): boolean {
    const now = this.#parts.time.now();
    if (!this.#isReleased || now < this.#looksAgainAt) return false;
    this.#looksAgainAt = now + LOOK_MS;
    for (const state of this.#jobs()) if (!this.#isOver(state)) return false;
    return true;
  }

  /** A job that has ended, or that waits for ever because a parent did not end as asked. */
  #isOver(state: JobState): boolean {
    if (jobStatuses[state.status].ended) return true;
    const { table } = this.#parts.farm;
    const item = table.peek('queue', keys.job(state.id));
    if (item === undefined || state.status === 'deleting') return false;
    const spec = specIn(item);
    const parents = spec.dependIds.flatMap((id) => {
      const parent = table.peek('queue', keys.jobState(id));
      return parent === undefined ? [] : [stateIn(parent)];
    });
    // Otherwise they wait for a hook, which agrees in the end.
    const waitsForParents = state.followsChunks && followsChunks(spec);
    const wantsSuccess = waitsForParents || spec.dependMode === 'success';
    const isHopeless = (parent: JobState): boolean =>
      (wantsSuccess ? parent.status === 'failed' : false) || this.#waitsForEver(parent);
    if (waitsForParents) {
      return state.slots === 0 && state.counts.queued === 0 && parents.some(isHopeless);
    }
    return state.status === 'waiting' && this.#isOverByParents(spec, parents, isHopeless);
  }

  #isOverByParents(
    spec: JobSpec,
    parents: readonly JobState[],
    isHopeless: (parent: JobState) => boolean,
  ): boolean {
    return spec.dependLinkMode === 'any'
      ? parents.length > 0 && parents.every(isHopeless)
      : parents.some(isHopeless);
  }

  #waitsForEver(state: JobState): boolean {
    return !jobStatuses[state.status].ended && state.status !== 'deleting' && this.#isOver(state);
  }

  /** What one node would need to render everything. */
  #renderMs(): number {
    return sum([...this.#jobs()].map(({ total }) => total)) * this.#parts.size.renderMs;
  }

  /** Chunks of the present generation that somebody has touched, by status. */
  #countItems({ id, generation }: JobState) {
    const counts = { queued: 0, completed: 0, warning: 0, failed: 0, running: 0 };
    for (const item of this.#parts.farm.table.all('queue', `CHUNKS#${id}#${generation}#`)) {
      counts[chunkOf(item).status] += 1;
    }
    return counts;
  }

  /** While no slot is under way, counts say what the items are. */
  #isCountedWrongly(state: JobState): boolean {
    if (state.status === 'deleting') return false;
    const { running, ...counted } = this.#countItems(state);
    return state.slots === running && !isDeepStrictEqual(counted, { ...state.counts });
  }

  /** Counts are hints: after a crash they may promise a queued chunk that is not there, until the job is calm enough to be repaired. */
  #hasWork(state: JobState): boolean {
    return state.next < state.total || this.#countItems(state).queued > 0;
  }

  /** Calls back when something has been so for too long. */
  #since(what: string, isSo: boolean, longestMs: number, onOverdue: () => void): void {
    const now = this.#parts.time.now();
    if (!isSo) this.#startedAt.delete(what);
    else if (!this.#startedAt.has(what)) this.#startedAt.set(what, now);
    else if (now - (this.#startedAt.get(what) ?? now) > longestMs) onOverdue();
  }

  /** What did not come to its end. */
  whatIsLeft(): Violation {
    const left = [...this.#jobs()].filter((state) => !this.#isOver(state));
    const texts = left.map(
      ({ id, status, next, total, slots, counts }) =>
        `job ${id} ${status} next ${next}/${total} slots ${slots} ${JSON.stringify(counts)}`,
    );
    const text = this.#isReleased ? texts.join('; ') : 'the people were not done';
    return new Violation('everything drains', text, left[0]?.id);
  }

  /** What the feed alone keeps right, whatever dies: a record comes again until it was followed. */
  #watchFeed(onViolation: (violation: Violation) => void): void {
    const { time, farm, witness } = this.#parts;
    time.after(5_000, () => {
      witness.archive.assertWhole();
      for (const state of farm.feed.dropped === 0 ? this.#jobs() : []) {
        const { id, generation } = state;
        const isLost = farm.feed.isAtRest && isClaimable(state) !== state.isIndexed;
        this.#since(`index of ${id}`, isLost, MINUTE, () => {
          const text = `job ${id} is ${isClaimable(state) ? '' : 'not '}claimable, the ready index says otherwise`;
          onViolation(new Violation('4 work finds nodes', text, id));
        });
        const held = farm.feed.isAtRest ? this.#heldByParents(state) : undefined;
        this.#since(`chunks of ${id}/${generation}`, held !== undefined, MINUTE, () => {
          const text = `chunk ${held} of job ${id} waits although all that it depends on has completed`;
          onViolation(new Violation('4 work finds nodes', text, id));
        });
      }
      this.#watchFeed(onViolation);
    });
  }

  /** Index of a chunk that waits although its parents let it start, and has no hook to wait for. */
  #heldByParents(state: JobState): number | undefined {
    const item = this.#parts.farm.table.peek('queue', keys.job(state.id));
    if (!state.followsChunks || state.status === 'deleting' || item === undefined) return undefined;
    const spec = specIn(item);
    return spec.templateId === templateIds.gated ? undefined : this.#freeIndexes(state, spec)[0];
  }

  /** Chunks that wait although their hook lets them start, as their parents do, as `job/generation/index`. */
  #heldByHook(state: JobState): string[] {
    const item = this.#parts.farm.table.peek('queue', keys.job(state.id));
    if (!isStartable(state) || item === undefined) return [];
    const spec = specIn(item);
    if (spec.templateId !== templateIds.gated) return [];
    return this.#freeIndexes(state, spec)
      .map((index) => `${state.id}/${state.generation}/${index}`)
      .filter((name) => !this.#parts.hooks.holdsUp(name));
  }

  /** Indexes of chunks without an item whose parents' chunks have all completed. */
  #freeIndexes(state: JobState, spec: JobSpec): number[] {
    const { table } = this.#parts.farm;
    const parents = (followsChunks(spec) ? spec.dependIds : []).flatMap((id) => {
      const [job, parent] = [table.peek('queue', keys.job(id)), table.peek('queue', keys.jobState(id))];
      return job === undefined || parent === undefined ? [] : [{ spec: specIn(job), state: stateIn(parent) }];
    });
    const chunkAt = ({ id, generation, total }: JobState, index: number): ChunkStatus | undefined => {
      const chunk = table.peek('queue', keys.chunk(id, generation, index, total));
      return chunk && chunkOf(chunk).status;
    };
    const indexes = Array.from({ length: state.total }, (_, index) => index);
    return indexes.filter(
      (index) =>
        chunkAt(state, index) === undefined &&
        parents.every((parent) => {
          const covering = coveringIndexes(parent.spec, packetAt(spec, index));
          // Of a parent that was cut anew and has no such frames any more the feed tells nothing until it ends.
          return covering.length > 0 && covering.every((at) => isChunkDone(chunkAt(parent.state, at)));
        }),
    );
  }

  /** Invariants 4 and 7, by looking at both sides every few seconds. */
  #watch(onViolation: (violation: Violation) => void): void {
    const { time, farm, agents, faults } = this.#parts;
    time.after(5_000, () => {
      const tolerated = new Date(time.now() - UNACCEPTED_MS).toISOString();
      for (const { id, assignment } of this.#nodes()) {
        if (assignment === null) continue;
        if (assignment.acceptBy !== null && assignment.acceptBy < tolerated) {
          const text = `node ${id} should have accepted a chunk by ${assignment.acceptBy}`;
          onViolation(new Violation('7 nothing stays unknown', text, assignment.jobId));
        }
        const state = farm.table.peek('queue', keys.jobState(assignment.jobId));
        const isVoid = state === undefined || Number(state['generation']) > assignment.generation;
        this.#since(`${id} holds ${assignment.token}`, isVoid, OVERDUE_MS, () => {
          const text = `node ${id} still holds a chunk of a generation that is over`;
          onViolation(new Violation('7 nothing stays unknown', text, assignment.jobId));
        });
      }
      for (const state of mayNeedRepair(faults) ? [] : this.#jobs()) {
        this.#since(`counts of ${state.id}`, this.#isCountedWrongly(state), MINUTE, () => {
          const text = `job ${state.id} has miscounted for a minute although nothing crashed`;
          onViolation(new Violation('3 counts equal the items', text, state.id));
        });
      }
      const held = new Set([...this.#jobs()].flatMap((state) => this.#heldByHook(state)));
      for (const name of new Set([...held, ...this.#held])) {
        this.#since(`hook of ${name}`, held.has(name), OVERDUE_MS, () => {
          const text = `chunk ${name} waits although its hook lets it start`;
          onViolation(new Violation('4 work finds nodes', text, Number(name.split('/')[0])));
        });
      }
      this.#held = held;
      const pairs = new Set<string>();
      const licence = farm.table.peek('farm', keys.limit('licence'));
      const engine = handsOut(configurationOf(farm.table.peek('farm', keys.configuration)));
      const claimable = [...this.#jobs()].filter((state) => isClaimable(state) && this.#hasWork(state));
      for (const node of engine ? this.#nodes() : []) {
        const item = farm.table.peek('farm', keys.node(node.id));
        const agent = agents.find(({ settings }) => settings.name === item?.['name']);
        if (item === undefined || node.status !== 'idle' || agent?.isRunning !== true) continue;
        for (const state of claimable) {
          const submitted = farm.table.peek('queue', keys.job(state.id));
          if (submitted === undefined) continue;
          const spec = specIn(submitted);
          const isLicensed = spec.templateId === templateIds.licensed;
          if (isLicensed && Number(licence?.['inUse'] ?? 0) >= LICENCES) continue;
          const fits = classRule(item as never, node.load, spec) ?? exclusionRule(item as never, state.id);
          if (fits === undefined) pairs.add(`${node.id}/${state.id}`);
        }
      }
      for (const pair of new Set([...pairs, ...this.#pairs])) {
        const [nodeId, jobId] = pair.split('/');
        this.#since(pair, pairs.has(pair), OVERDUE_MS, () =>
          onViolation(
            new Violation('4 work finds nodes', `node ${nodeId} is idle beside job ${jobId}`, Number(jobId)),
          ),
        );
      }
      this.#pairs = pairs;
      this.#watch(onViolation);
    });
  }
}

const isHookMessage = (body: string): boolean => JSON.parse(body).hook !== undefined;
const wasPutAside = ({ feed, queues }: Farm): boolean => feed.dropped + queues.deadLetters > 0;
const farmIsAtRest = ({ feed, queues }: Farm): boolean => feed.isAtRest && queues.isAtRest;
