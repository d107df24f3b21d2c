/** The price of a farm at rest, with its alarms counted in the stack that deploys. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { functionNames } from '../../infra/access.ts';
import { hookHosts } from '../../infra/constructs/hookHosts.ts';
import { DispatcherStack } from '../../infra/dispatcherStack.ts';
import { functionSettings } from '../../infra/functions.ts';
import { type Post, priceAtRest } from '../../infra/priceAtRest.ts';
import { queueNames } from '../../infra/queues.ts';
import { stageOf } from '../../infra/stage.ts';

export const postsAtRest = (): readonly Post[] =>
  priceAtRest({
    alarmMetrics: alarmMetrics(),
    polledQueues: queueNames.length,
    tickMegabytes: functionSettings.idling.memoryMegabytes,
  });

/** The stack is only looked at, so its functions need no code. */
function alarmMetrics(): number {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-cost-'));
  try {
    const hosts = Object.values(hookHosts).map(({ name }) => name);
    for (const name of [...functionNames, ...hosts]) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'index.mjs'), '');
    }
    const app = new App({ outdir: join(folder, 'out') });
    const stack = new DispatcherStack(app, { stage: stageOf('try'), bundles: folder });
    return stack.node
      .findAll()
      .filter((construct) => construct instanceof CfnAlarm)
      .reduce((count, alarm) => count + metricsOf(stack, alarm), 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Alarms on several metrics list them with their expression, which is none. */
function metricsOf(stack: DispatcherStack, alarm: CfnAlarm): number {
  const metrics = stack.resolve(alarm.metrics) as readonly { readonly metricStat?: unknown }[] | undefined;
  return metrics?.filter(({ metricStat }) => metricStat !== undefined).length ?? 1;
}
