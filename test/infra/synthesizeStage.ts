/** A stage as `npm run synth` leaves it: the template, and beside it the bundles that it names. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { Plugin } from 'esbuild';
import { stageOf } from '../../infra/stage.ts';
import { synthesize } from '../../infra/synthesize.ts';

export type Properties = Readonly<Record<string, unknown>>;

export interface Resource {
  readonly Type: string;
  readonly Properties: Properties;
  readonly DeletionPolicy?: string;
}

interface Finding {
  readonly ruleName: string;
}

export interface Report {
  readonly violations: readonly Finding[];
  readonly suppressedViolations: readonly Finding[];
}

export interface SynthesizedStage {
  readonly resources: Readonly<Record<string, Resource>>;
  readonly report: Report;
  readonly startBytes: Readonly<Record<string, number>>;
  /** Folder of the asset that a function's code is deployed from. */
  assetOf(functionProperties: Properties): string;
  /** Deletes the folder of the synthesis. */
  remove(): void;
}

/** `plugins` of esbuild change what functions are bundled with. */
export async function synthesizeStage(
  stageName: string,
  plugins: readonly Plugin[] = [],
): Promise<SynthesizedStage> {
  const outdir = mkdtempSync(join(tmpdir(), 'rollcall-synth-'));
  const remove = (): void => rmSync(outdir, { recursive: true, force: true });
  const read = (file: string) => JSON.parse(readFileSync(join(outdir, file), 'utf8'));
  try {
    const { assembly, stack, startBytes } = await synthesize(new App({ outdir }), {
      stage: stageOf(stageName),
      alarmEmail: 'farm@example.com',
      plugins,
    });
    const { templateFile } = assembly.getStackArtifact(stack.artifactId);
    const { files } = read(templateFile.replace('.template.', '.assets.')) as {
      files: Record<string, { source: { path: string } }>;
    };
    return {
      resources: read(templateFile).Resources,
      report: read('validation-report.json').pluginReports[0],
      startBytes,
      assetOf({ Code }) {
        const { S3Key } = Code as { S3Key: string };
        const asset = files[S3Key.replace(/\.zip$/, '')];
        if (asset === undefined) throw new Error(`the synthesis has no asset for ${S3Key}`);
        return join(outdir, asset.source.path);
      },
      remove,
    };
  } catch (error) {
    remove();
    throw error;
  }
}
