/** The page about what is deployed, from the synthesised stack. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { type Access, access, type FunctionName, functionNames } from '../../infra/access.ts';
import { MAXIMUM_START_BYTES } from '../../infra/bundles.ts';
import { functionSettings } from '../../infra/functions.ts';
import { priceAtRest } from '../../infra/priceAtRest.ts';
import { queueNames, queueSettings } from '../../infra/queues.ts';
import { stageOf } from '../../infra/stage.ts';
import { synthesize } from '../../infra/synthesize.ts';
import { MAXIMUM_RECEIVES } from '../../shared/contract/queueMessages.ts';
import { notice, table } from './docs.ts';

/** Bundles grow with each change; steps so large keep this page still while they do. */
const STEP_BYTES = 50_000;

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

export async function infrastructurePage(): Promise<string> {
  const outdir = mkdtempSync(join(tmpdir(), 'rollcall-synth-'));
  try {
    const { assembly, stack, startBytes } = await synthesize(new App({ outdir }), { stage: stageOf('try') });
    const { templateFullPath } = assembly.getStackArtifact(stack.artifactId);
    const { Resources } = JSON.parse(readFileSync(templateFullPath, 'utf8')) as {
      Resources: Readonly<Record<string, Resource>>;
    };
    return page(Object.values(Resources), startBytes);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function page(resources: readonly Resource[], startBytes: Readonly<Record<FunctionName, number>>): string {
  const of = (type: string) =>
    resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
  const alarms = of('AWS::CloudWatch::Alarm');
  const posts = priceAtRest({
    alarmMetrics: alarms.reduce((count, alarm) => count + metricsOf(alarm), 0),
    polledQueues: queueNames.length,
    tickMegabytes: functionSettings.idling.memoryMegabytes,
  });
  return `${[
    notice,
    '# Infrastructure',
    'What a stage consists of, read from its synthesised stack. How to deploy it is in [deploy](deploy.md).',
    '## Functions',
    `All run on arm64 with Node.js 24. At its start from cold a function may read ${MAXIMUM_START_BYTES / 1_000} KB; the sizes below are rounded up to whole ${STEP_BYTES / 1_000} KB, so that this page is the same on every machine and stays as it is while code changes a little.`,
    table(
      ['function', 'called by', 'memory', 'timeout', 'start'],
      functionNames.map((name) => {
        const { calledBy, memoryMegabytes, timeoutSeconds } = functionSettings[name];
        const size = (Math.ceil(startBytes[name] / STEP_BYTES) * STEP_BYTES) / 1_000;
        return [`\`${name}\``, calledBy, `${memoryMegabytes} MB`, `${timeoutSeconds} s`, `≤ ${size} KB`];
      }),
    ),
    '## Rights',
    'By table the verbs of `shared/store/table.ts`; `query:ready` reads the index `ready`. A function may also write its own log. Queues and feeds are read by the function that they call. What each verb is in IAM is in `infra/rights.ts`.',
    table(
      ['function', 'tables', 'sends to', 'mailboxes', 'live connections', 'blobs'],
      functionNames.map((name) => [`\`${name}\``, ...rightsOf(access[name])]),
    ),
    '## Variables',
    'A function has the variables of what it may touch. Their meaning is in `shared/runtime/env.ts`.',
    table(
      ['variable', 'functions'],
      variables(of('AWS::Lambda::Function')).map(([name, users]) => [`\`${name}\``, users.join(', ')]),
    ),
    '## Queues',
    table(
      ['queue', 'a failed message comes again after', 'batch', 'at a time', 'put aside after'],
      queueNames.map((name) => {
        const { visibilitySeconds, batchSize, concurrency } = queueSettings[name];
        return [`\`${name}\``, `${visibilitySeconds} s`, batchSize, concurrency, `${MAXIMUM_RECEIVES} times`];
      }),
    ),
    '## Alarms',
    table(
      ['alarm', 'metrics', 'impact'],
      alarms.map((alarm) => {
        const [impact = '', id = ''] = String(alarm['AlarmDescription']).split(
          ' What to do: docs/runbook.md#',
        );
        return [`[${id}](runbook.md#${id})`, metricsOf(alarm), impact];
      }),
    ),
    '## Price at rest',
    'A month in which nobody renders and no node is registered, by list prices of us-east-1 in US dollars, without free tiers.',
    table(
      ['for', 'sum', 'USD a month'],
      [
        ...posts.map(({ what, sum, dollars }) => [what, sum, dollars.toFixed(2)]),
        ['all', '', posts.reduce((sum, { dollars }) => sum + dollars, 0).toFixed(2)],
      ],
    ),
  ].join('\n\n')}\n`;
}

function rightsOf({ tables, queues = [], mailboxes = [], live = [], blobs = {} }: Access): string[] {
  const byFolder = Object.entries(blobs).map(([folder, rights]) => `\`${folder}\`: ${rights.join(', ')}`);
  const byTable = Object.entries(tables).map(([name, rights]) => `\`${name}\`: ${rights.join(', ')}`);
  return [byTable.join('; '), queues.join(', '), mailboxes.join(', '), live.join(', '), byFolder.join('; ')];
}

/** Alarms on several metrics list them with their expression, which is none. */
function metricsOf(alarm: Resource['Properties']): number {
  const metrics = alarm['Metrics'] as readonly { readonly MetricStat?: unknown }[] | undefined;
  return metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1;
}

function variables(functions: readonly Resource['Properties'][]): [string, string[]][] {
  const users = new Map<string, string[]>();
  for (const { FunctionName, Environment } of functions) {
    const { Variables = {} } = (Environment ?? {}) as { Variables?: object };
    for (const variable of Object.keys(Variables)) {
      const name = String(FunctionName).replace('rollcall-try-', '');
      users.set(variable, [...(users.get(variable) ?? []), name]);
    }
  }
  return [...users].sort(([a], [b]) => a.localeCompare(b));
}
