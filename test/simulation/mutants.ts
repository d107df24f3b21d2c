/**
 * Deliberate defects, at least one for each rule of the hot path: the proof that the simulation can fail. Each is one
 * replacement in one file; a text that is not there exactly once is an error, so that the table cannot fall behind the code.
 */
import type { FaultKind } from './faults.ts';

export interface Mutant {
  readonly name: string;
  /** The rule of docs/architecture.md that it breaks. */
  readonly rule: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** Faults without which the rule makes no difference; all of them when left out. */
  readonly faults?: readonly FaultKind[];
}

/** After a crash counts may be wrong until they are repaired. */
const withoutCrashes: readonly FaultKind[] = [
  'timely-command',
  'commands',
  'render-failure',
  'node-crash',
  'node-partition',
  'feed-late',
  'feed-doubled',
  'queue-late',
];

export const mutants: readonly Mutant[] = [
  {
    name: 'generation-not-compared',
    rule: 'every hot write to job state is guarded by its generation',
    file: 'shared/store/jobStore.ts',
    find: "    equals('generation', generation),",
    replace: '',
  },
  {
    name: 'maximum-instances-not-guarded',
    rule: 'slots never grow while at or above the maximum',
    file: 'shared/store/jobStore.ts',
    find: 'ofGeneration(generation, startable, hasNext, hasFreeSlot)',
    replace: 'ofGeneration(generation, startable, hasNext)',
  },
  {
    name: 'slot-kept-above-maximum',
    rule: 'a slot is passed on only within the maximum',
    file: 'shared/store/jobStore.ts',
    find: 'ofGeneration(generation, startable, hasNext, keepsSlot)',
    replace: 'ofGeneration(generation, startable, hasNext)',
  },
  {
    name: 'token-not-compared',
    rule: 'only the holder of the token ends a running chunk',
    file: 'shared/store/chunkStore.ts',
    find: "            equals('token', token),\n            equals('status', 'running'),\n            ...(byNodeId === undefined ? [] : [equals('nodeId', byNodeId)]),",
    replace: "            equals('status', 'running'),",
  },
  {
    name: 'new-chunk-not-guarded',
    rule: 'a chunk comes into being once',
    file: 'shared/store/chunkStore.ts',
    find: "const result = await table.put('queue', itemOf(name, chunk), isNew);",
    replace: "const result = await table.put('queue', itemOf(name, chunk));",
  },
  {
    name: 'queued-chunk-not-guarded',
    rule: 'a queued chunk is taken by one',
    file: 'shared/store/chunkStore.ts',
    find: "          [equals('status', 'queued')],",
    replace: '          [],',
  },
  {
    name: 'assign-ignores-pause',
    rule: 'a paused node gets no work',
    file: 'shared/store/nodeStore.ts',
    find: "          equals('paused', false),\n",
    replace: '',
  },
  {
    name: 'assign-ignores-assignment',
    rule: 'an assignment is given over the one that was seen',
    file: 'shared/store/nodeStore.ts',
    find: "          equals('paused', false),\n          holds(seenToken),",
    replace: "          equals('paused', false),",
  },
  {
    name: 'heartbeat-ignores-token',
    rule: 'a heartbeat is guarded by the attempt: a lost one is told',
    file: 'shared/store/nodeStore.ts',
    find: "[equals('session', session), notEquals('status', 'offline'), holds(token)]",
    replace: "[equals('session', session), notEquals('status', 'offline')]",
  },
  {
    name: 'lease-not-compared',
    rule: 'a late heartbeat before the sweep renews',
    file: 'shared/store/nodeStore.ts',
    find: "          equals('leaseUntil', seen.leaseUntil),\n",
    replace: '',
  },
  {
    name: 'lease-order-swapped',
    rule: 'a lapsed lease ends at the node first, then at the chunk',
    file: 'shared/actions/expireLease.ts',
    find: '    if (!(await context.nodes.goOffline(state)).applied) return false;',
    replace:
      '    if (state.assignment !== null) await endLost(context, state.assignment, state.id);\n    if (!(await context.nodes.goOffline(state)).applied) return false;',
  },
  {
    name: 'lease-never-ends',
    rule: 'the tick ends lapsed leases',
    file: 'shared/actions/expireLease.ts',
    find: '  if (state.leaseUntil !== null && state.leaseUntil <= now) {',
    replace: "  if (state.leaseUntil !== null && state.leaseUntil <= '') {",
  },
  {
    name: 'acceptance-not-ended',
    rule: 'a pushed chunk that is not accepted in time goes back',
    file: 'shared/actions/expireLease.ts',
    find: 'assignment.acceptBy > now) return false;',
    replace: "assignment.acceptBy > '') return false;",
  },
  {
    name: 'repeated-report-ends-again',
    rule: 'a repeated report is answered, never counted twice',
    file: 'shared/actions/reportChunk.ts',
    find: '  if (!ended.applied) return answerRepeated(context, caller, report, ended.present);',
    replace:
      '  if (!ended.applied && ended.present?.endedToken !== attempt.token) return answerRepeated(context, caller, report, ended.present);',
  },
  {
    name: 'foreign-report-accepted',
    rule: 'a report of an attempt that is over changes nothing, and is told so',
    file: 'shared/actions/reportChunk.ts',
    find: '  if (present.outcome !== report.outcome) {',
    replace: '  if (present.version < 0) {',
  },
  {
    name: 'slot-not-given-back',
    rule: 'a report without next gives the slot back',
    file: 'shared/actions/reportChunk.ts',
    find: '  if (!mayStay) await giveSlotBack(context, attempt, end.status);',
    replace: '',
  },
  {
    name: 'slot-given-back-twice',
    rule: 'whoever wins the end of an attempt gives back its slot, nobody else',
    file: 'shared/actions/returnChunk.ts',
    find: '  if (!ended.applied) return;',
    replace: '',
  },
  {
    name: 'held-chunk-not-answered',
    rule: 'a node that holds a chunk is answered with that one',
    file: 'shared/actions/claimChunk.ts',
    find: "    if (chunk?.status === 'running' && chunk.token === held.token) {",
    replace: '    if (chunk === null) {',
  },
  {
    name: 'taken-chunk-not-returned',
    rule: 'a chunk whose node has changed goes back',
    file: 'shared/actions/claimChunk.ts',
    find: "  await returnChunk(context, assignment, 'its node could not take it');",
    replace: '',
  },
  {
    name: 'ended-from-counts',
    rule: 'a job ends by a recount of its items',
    file: 'shared/actions/recountJob.ts',
    find: '  const recount = await countItems(context, state);',
    replace: '  const recount: Recount = { counts: state.counts, running: 0, holes: [] };',
  },
  {
    name: 'ended-with-missing-chunks',
    rule: 'a job that follows others ends when every chunk has an item',
    file: 'shared/domain/jobRollup.ts',
    find: ' && ended >= state.total;',
    replace: ';',
  },
  {
    name: 'counts-corrected-under-a-claim',
    rule: 'counts are corrected when no claim or report is under way',
    file: 'shared/actions/recountJob.ts',
    find: '  const isSettled = mayHaveEnded(state) || state.slots === recount.running;',
    replace: '  const isSettled = true;',
    faults: withoutCrashes,
  },
  {
    name: 'wish-overwritten',
    rule: 'what a caller was told lasts: a registration keeps the newest wishes',
    file: 'shared/store/nodeStore.ts',
    find: "              equals('commandNo', seen.commandNo),\n",
    replace: '',
  },
  {
    name: 'ended-with-a-slot-out',
    rule: 'a job ends when no slot is out',
    file: 'shared/actions/recountJob.ts',
    find: '  const event = state.slots <= 0 ? endOfJob(state, recount) : undefined;',
    replace: '  const event = endOfJob(state, recount);',
  },
  {
    name: 'recount-on-any-version',
    rule: 'a recount commits only on the version that it read',
    file: 'shared/store/jobStore.ts',
    find: "table.put('queue', stateItem(next), [equals('version', seenVersion)]);",
    replace: "table.put('queue', stateItem(next), []);",
  },
  {
    name: 'recount-not-asked-for',
    rule: 'the projector asks for a recount when all was handed out and nothing is out',
    file: 'functions/projector/followJobs.ts',
    find: '  if (mayHaveEnded(is) && was?.version !== is.version) {',
    replace: '  if (mayHaveEnded(is) && is.version < 0) {',
  },
  {
    name: 'holes-not-repaired',
    rule: 'an index that was handed out has an item or is repaired',
    file: 'shared/actions/recountJob.ts',
    find: 'const holes = mayHaveEnded(state) ? recount.holes : [];',
    replace: 'const holes: number[] = [];',
  },
  {
    name: 'orphans-not-repaired',
    rule: 'a running chunk that no node holds goes back',
    file: 'shared/actions/repairJob.ts',
    find: 'else orphans.push(chunk);',
    replace: 'else if (heldTokens.size < 0) orphans.push(chunk);',
  },
  {
    name: 'slots-not-repaired',
    rule: 'slots equal the running chunks within two ticks',
    file: 'shared/actions/repairJob.ts',
    find: '  if (state.slots === heldTokens.size) return false;',
    replace: '  if (state.slots > -1) return false;',
  },
  {
    name: 'repair-without-calm',
    rule: 'the tick acts at the second sight only',
    file: 'shared/actions/secondSight.ts',
    find: "  if (suspect.suspectSince === null || suspect.suspectVersion !== suspect.version) return 'first';",
    replace:
      "  if (suspect.suspectVersion !== suspect.version) return 'second';\n  if (suspect.suspectSince === null) return 'first';",
  },
  {
    name: 'insertion-not-evaluated',
    rule: 'a waiting job is evaluated when it is seen to wait',
    file: 'functions/projector/followJobs.ts',
    find: '  if (mustBeEvaluated(was, is)) await evaluateDependencies(context, is.id);',
    replace: '',
  },
  {
    name: 'children-not-evaluated',
    rule: 'waiting children are evaluated when a parent ends',
    file: 'functions/projector/followJobs.ts',
    find: 'for (const { jobId } of await context.jobs.dependants(is.id)) await evaluateDependencies(context, jobId);',
    replace: '',
  },
  {
    name: 'index-not-corrected',
    rule: 'the projector corrects what is claimable and not indexed',
    file: 'functions/projector/followJobs.ts',
    find: '  if (isClaimable(is) !== is.isIndexed) await context.jobs.correctReady(is);',
    replace: '',
  },
  {
    name: 'limit-not-guarded',
    rule: 'limits never exceed theirs',
    file: 'shared/store/limitStore.ts',
    find: "const guard = [any(absent('inUse'), lessThan('inUse', maximum))];",
    replace: "const guard = [any(absent('inUse'), lessThan('inUse', 999))];",
  },
  {
    name: 'limit-not-given-back',
    rule: 'limits go back with the end of the attempt that held them',
    file: 'shared/actions/reportChunk.ts',
    find: '  await giveBackLimits(context, limits);\n',
    replace: '',
  },
  {
    name: 'limit-not-repaired',
    rule: 'the tick repairs limits that a crash left too high',
    file: 'shared/actions/repairLimit.ts',
    find: "  if (sight !== 'second') return false;",
    replace: '  if (limit.version > -1) return false;',
  },
  {
    name: 'release-counted-twice',
    rule: 'a chunk that was set free counts once',
    file: 'shared/actions/followParents.ts',
    find: '  if (isNew || (await isForgotten(context, name))) {',
    replace: '  if (isNew || name.total > 0) {',
    faults: withoutCrashes,
  },
  {
    name: 'chunks-not-followed',
    rule: 'a completed chunk sets those free that it covers',
    file: 'functions/projector/followChunks.ts',
    find: '    return isChunkDone(chunk.status) && !wasDone ? [chunk] : [];',
    replace: "    return chunk.status === 'queued' && wasDone ? [chunk] : [];",
  },
  {
    name: 'attempts-not-recorded',
    rule: 'history has every attempt, lost ones too',
    file: 'functions/projector/recordAttempts.ts',
    find: '  if (was.token === null || is?.token === was.token) return [];',
    replace: "  if (was.token === null || is?.token === was.token || is?.outcome === 'lost') return [];",
  },
  {
    name: 'former-generations-kept',
    rule: 'items of former generations are swept',
    file: 'functions/idling/sweepJobs.ts',
    find: '    if (hasLeftovers && (await sweepJob(context, state))) count += 1;',
    replace: '    if (hasLeftovers && state.id < 0 && (await sweepJob(context, state))) count += 1;',
  },
  {
    name: 'deleted-though-changed',
    rule: 'a job is deleted only as it was backed up',
    file: 'shared/actions/backupJob.ts',
    find: '    if (!isUnchanged(work.snapshot, spec, state)) {\n      if',
    replace: '    if (state.id < 0) {\n      if',
  },
  {
    name: 'cursor-of-former-part',
    rule: 'an entry has all of its job, once',
    file: 'shared/actions/backupJob.ts',
    find: "    phase: cursor.at === 'end' ? 'check' : 'write',\n    cursor,\n",
    replace: "    phase: cursor.at === 'end' ? 'check' : 'write',\n",
  },
  {
    name: 'wrong-body-discarded',
    rule: 'an entry has its body as long as it is there',
    file: 'shared/actions/backupJob.ts',
    find: 'discardOf(replaced.body.folder, replaced.body.partCount)',
    replace: 'discardOf(work.body.folder, work.body.partCount)',
  },
  {
    name: 'former-generations-not-archived',
    rule: 'an entry has the attempts of all generations',
    file: 'shared/actions/archiveBody.ts',
    find: '      else if (cursor.generation === state.generation) cursor',
    replace: '      else if (cursor.generation > 0) cursor',
  },
  {
    name: 'restored-with-its-first-part',
    rule: 'a job is in the queue once all of it is',
    file: 'shared/actions/restoreJob.ts',
    find: '  if (checked.partCount < body.partCount) return moveOn(context, work, { read: checked });\n',
    replace:
      "  if (checked.partCount < body.partCount) return moveOn(context, work, { read: checked, phase: 'finish' });\n",
  },
  {
    name: 'month-not-counted-down',
    rule: 'an overwritten entry counts once',
    file: 'shared/store/backupStore.ts',
    find: '  if (replaced !== undefined) change.set(',
    replace: '  if (replaced === entry) change.set(',
  },
  {
    name: 'restart-stops-what-runs',
    rule: 'a soft restart waits for the chunk that runs',
    file: 'nodeagent/src/states/working.ts',
    find: "      case 'soft-restart':\n        node.restartsSoon = true;\n        return undefined;",
    replace: "      case 'soft-restart':\n        return { state: 'registering' };",
  },
  {
    name: 'restart-keeps-temporary',
    rule: 'a soft restart drops temporary settings',
    file: 'shared/actions/restartFarm.ts',
    find: 'permanent: { ...settings.permanent, revision }, temporary: {} }',
    replace: 'permanent: { ...settings.permanent, revision } }',
  },
  {
    name: 'cleared-beyond-its-end',
    rule: 'clearing keeps to its bounds',
    file: 'shared/store/historyStore.ts',
    find: 'partition: keys.monthPartitionOfShard(month, shard), from, to };',
    replace: 'partition: keys.monthPartitionOfShard(month, shard), from };',
  },
  {
    name: 'sampled-twice',
    rule: 'a minute has one sample',
    file: 'shared/store/statisticsStore.ts',
    find: "await table.put('history', item, isNew)",
    replace: "await table.put('history', item)",
  },
];
