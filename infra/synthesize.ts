/** Bundles the functions and synthesises the stack of a stage; what breaks a rule is in the answer's report. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import type { Plugin } from 'esbuild';
import type { FunctionName } from './access.ts';
import { bundleFunctions } from './bundles.ts';
import { DispatcherStack } from './dispatcherStack.ts';
import { checkRules } from './rules.ts';
import type { Stage } from './stage.ts';

export interface Synthesized {
  readonly assembly: CloudAssembly;
  readonly stack: DispatcherStack;
  readonly startBytes: Readonly<Record<FunctionName, number>>;
}

export interface SynthesizeOptions {
  readonly stage: Stage;
  /** Who is told of alarms. @default nobody; the alarms show in the console */
  readonly alarmEmail?: string | undefined;
  /** Of esbuild, for functions that are bundled with other modules than the project's. @default none */
  readonly plugins?: readonly Plugin[];
}

export async function synthesize(
  app: App,
  { stage, alarmEmail, plugins }: SynthesizeOptions,
): Promise<Synthesized> {
  const bundles = mkdtempSync(join(tmpdir(), 'rollcall-bundles-'));
  try {
    const startBytes = await bundleFunctions(bundles, plugins);
    const stack = new DispatcherStack(app, {
      stage,
      bundles,
      alarmEmail,
      description: 'Rollcall, a render-farm dispatcher without a server',
    });
    checkRules(app, stack, stage);
    return { assembly: app.synth(), stack, startBytes };
  } finally {
    rmSync(bundles, { recursive: true, force: true });
  }
}
