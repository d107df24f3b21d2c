/** What a node is told to run: job, chunk and template put together at the moment a chunk is handed out. */
import { templateSourceName } from '../blobs/blobStore.ts';
import type { CommandLine, Template } from '../contract/hooks.ts';
import type { WorkOrder } from '../contract/workOrder.ts';
import { packetAt } from '../domain/chunking.ts';
import { filesOf, outputPattern } from '../domain/frameCheck.ts';
import { frameFile } from '../domain/frames.ts';
import { hasExpressions, splitAction } from '../domain/jobActions.ts';
import { jobVariables } from '../domain/jobVariables.ts';
import { substitutePaths } from '../domain/pathSubstitution.ts';
import { notFound } from '../errors.ts';
import type { Packet } from '../model/chunk.ts';
import type { Configuration } from '../model/configuration.ts';
import type { JobSpec } from '../model/job.ts';
import type { JobAction } from '../model/jobActions.ts';
import type { AssignmentKey, NodeItem } from '../model/node.ts';
import type { OutputChecks } from '../model/outputChecks.ts';
import type { Context } from '../runtime/context.ts';

/** Builds the work order of a chunk for a node. */
export async function buildWorkOrder(
  context: Context,
  spec: JobSpec,
  assignment: AssignmentKey,
  node: NodeItem,
  configuration: Configuration,
): Promise<WorkOrder> {
  const template = await context.templates.findKept(spec.templateId);
  if (template === undefined) throw notFound('template', spec.templateId);
  const packet = packetAt(spec, assignment.index);
  const job = await onPlatform(context, spec, node);
  const command = template.buildCommand(job, packet, node);
  const expressions = await expressionsFor(context, job, command);
  const isTold = configuration.exportsJobVariables || template.python !== undefined;
  const { jobId, generation, index, total, attempt, token } = assignment;
  return {
    assignment: { jobId, generation, index, total, attempt, token },
    jobName: spec.name,
    templateId: template.id,
    packet,
    program: command.program,
    arguments: [...command.arguments],
    environment: { ...(isTold ? jobVariables(spec) : {}), ...command.environment, ...spec.environment },
    startingFolder: command.startingFolder ?? (await folderLike(context, command.startsLike, node)) ?? null,
    timeoutSeconds: spec.chunkTimeoutSeconds ?? configuration.chunkTimeoutSeconds,
    checks: checksFor(template.checks, spec),
    frameCheck: frameCheckFor(template, job, packet),
    ...thumbnailFor(template, job, packet),
    ...(template.python === undefined ? {} : { python: await pythonOrder(context, template.python, job) }),
    ...(await startAfter(context, template)),
    ...actionsFor(job, index),
    ...(expressions && { expressions }),
  };
}

/** Each order is a start, also one that is asked for again: nobody knows whether the first was heard. */
async function startAfter(
  context: Context,
  { startDelay }: Template,
): Promise<Pick<WorkOrder, 'startAfterSeconds'>> {
  if (startDelay === undefined) return {};
  const { group, seconds } = startDelay;
  const waitMs = await context.starts.book(group, seconds, context.clock.now());
  return waitMs === 0 ? {} : { startAfterSeconds: waitMs / 1_000 };
}

/** What a node needs to call a template's functions: not those that the job leaves out, or answers itself. */
async function pythonOrder(
  context: Context,
  python: NonNullable<Template['python']>,
  job: JobSpec,
): Promise<WorkOrder['python']> {
  const url = await context.templates.findSourceLink(python.sha256, () =>
    context.blobs.findDownloadLink(templateSourceName(python.sha256, 'python')),
  );
  const listsExitCodes =
    job.validExitCodes !== null || job.warningExitCodes !== null || job.errorExitCodes !== null;
  const isAsked = {
    onCheckLog: job.logsErrorCheckType !== 'skip',
    onCheckExitCode: job.exitCodesErrorCheckType !== 'skip' && !listsExitCodes,
  };
  return {
    ...python,
    hooks: python.hooks.filter((hook) => !(hook in isAsked) || isAsked[hook as keyof typeof isAsked]),
    countsLogWarnings: job.logsErrorCheckType === 'full',
    countsExitCodeWarnings: job.exitCodesErrorCheckType === 'full',
    url: url ?? null,
    job: asTold(job),
  };
}

/** A job as Python on a node gets to know it. */
const asTold = ({
  specVersion: _spec,
  framesVersion: _frames,
  hookDepth: _depth,
  needs: _needs,
  ...job
}: JobSpec): Record<string, unknown> => ({
  ...job,
});

/** The job that inline Python of a chunk is about: its own, or the one that its command names. */
async function expressionsFor(
  context: Context,
  job: JobSpec,
  { inlinePython }: CommandLine,
): Promise<WorkOrder['expressions']> {
  if (inlinePython !== undefined) {
    const { jobId, isOfChunk } = inlinePython;
    const other = jobId === undefined ? undefined : await context.jobs.findKeptSpec(jobId);
    // One that was deleted meanwhile is known by what its follow-up has of it.
    return { job: asTold(other ?? job), isInProgram: true, isOfChunk };
  }
  const commands = Object.values(job.actions ?? {}).map((action) => action?.command ?? '');
  return commands.some(hasExpressions)
    ? { job: asTold(job), isInProgram: false, isOfChunk: true }
    : undefined;
}

/** The folder that the program of another job starts in, undefined where that has none or is gone. */
async function folderLike(
  context: Context,
  jobId: number | undefined,
  node: NodeItem,
): Promise<string | undefined> {
  const spec = jobId === undefined ? undefined : await context.jobs.findKeptSpec(jobId);
  const template = spec && (await context.templates.findKept(spec.templateId));
  if (spec === undefined || template === undefined) return undefined;
  return template.buildCommand(await onPlatform(context, spec, node), packetAt(spec, 0), node).startingFolder;
}

/** The actions that go with a chunk; those of the job with the one that is handed out first. */
function actionsFor(job: JobSpec, index: number): Pick<WorkOrder, 'actions'> {
  if (job.actions === null) return {};
  const { beforeJob, beforeChunk, afterChunk } = job.actions;
  const before = [
    ...(index === 0 ? ordered('before-job', beforeJob) : []),
    ...ordered('before-chunk', beforeChunk),
  ];
  const after = ordered('after-chunk', afterChunk);
  if (before.length + after.length === 0) return {};
  return { actions: { before, after, variables: jobVariables(job) } };
}

type OrderedAction = NonNullable<WorkOrder['actions']>['after'][number];

function ordered(what: OrderedAction['what'], action: JobAction | null): OrderedAction[] {
  if (action === null) return [];
  const { command, timeoutSeconds, checksExitCode } = action;
  const split = splitAction(command);
  // A breach of the rule was refused at submission.
  const [program = '', ...words] = 'words' in split ? split.words : [];
  return [{ what, program, arguments: words, timeoutSeconds, checksExitCode }];
}

/** The job with paths of repositories in its attributes, actions and output files turned into those of the node's platform. */
async function onPlatform(context: Context, spec: JobSpec, { platform }: NodeItem): Promise<JobSpec> {
  const attributes = Object.entries(spec.attributes);
  const { outputFiles, actions } = spec;
  if (outputFiles === null && actions === null && !attributes.some(([, { subst }]) => subst)) return spec;
  const repositories = await context.repositories.listKept();
  const substituted = attributes.map(([name, attribute]) => [
    name,
    attribute.subst && typeof attribute.value === 'string'
      ? { ...attribute, value: substitutePaths(attribute.value, repositories, platform) }
      : attribute,
  ]);
  return {
    ...spec,
    attributes: Object.fromEntries(substituted),
    outputFiles: outputFiles === null ? null : substitutePaths(outputFiles, repositories, platform),
    actions: actions && {
      ...actions,
      ...Object.fromEntries(
        Object.entries(actions).map(([name, action]) => [
          name,
          action && { ...action, command: substitutePaths(action.command, repositories, platform) },
        ]),
      ),
    },
  };
}

function frameCheckFor(template: Template, spec: JobSpec, packet: Packet): WorkOrder['frameCheck'] {
  if (spec.frameCheck === null) return null;
  const pattern = outputPattern(template, spec, packet.slice);
  // A template that was pushed anew may not know them any more: then there is nothing to go by.
  return pattern === undefined ? null : { ...spec.frameCheck, files: [...filesOf(pattern, packet)] };
}

function thumbnailFor(template: Template, spec: JobSpec, packet: Packet): Pick<WorkOrder, 'thumbnailFile'> {
  const pattern = spec.thumbnails ? outputPattern(template, spec, packet.slice) : undefined;
  return pattern === undefined ? {} : { thumbnailFile: frameFile(pattern, packet.endFrame) };
}

/** The template's checks with the job's own exit codes and check types applied. */
function checksFor(checks: Template['checks'], spec: JobSpec): OutputChecks {
  const codes = {
    validExitCodes: spec.validExitCodes ?? checks.validExitCodes,
    warningExitCodes: spec.warningExitCodes ?? checks.warningExitCodes,
    errorExitCodes: spec.errorExitCodes ?? checks.errorExitCodes,
  };
  return {
    ...checks,
    ...codes,
    // Without warnings a warning code is as good as a valid one.
    ...(spec.exitCodesErrorCheckType === 'full'
      ? {}
      : { validExitCodes: [...codes.validExitCodes, ...codes.warningExitCodes], warningExitCodes: [] }),
    checksExitCode: spec.exitCodesErrorCheckType !== 'skip',
    warningPatterns: spec.logsErrorCheckType === 'full' ? checks.warningPatterns : [],
    errorPatterns: spec.logsErrorCheckType === 'skip' ? [] : checks.errorPatterns,
  };
}
