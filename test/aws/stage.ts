/** What all farms of a run share: one synthesis, one emulator, one wire, and functions that stay warm. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectDynamo, DynamoTable } from '../../shared/store/dynamoTable.ts';
import { keys } from '../../shared/store/keys.ts';
import { questions, type ReadTemplate } from '../infra/readTemplate.ts';
import { type SynthesizedStage, synthesizeStage } from '../infra/synthesizeStage.ts';
import { type Emulator, emulatorCredentials, emulatorRegion, startEmulator } from '../support/emulator.ts';
import { type RightsChecker, rightsChecker, type UsedRights } from './checkRights.ts';
import { type DeployedStack, deployStack } from './deployStack.ts';
import { FunctionHost } from './invokeFunction.ts';
import { type MovedClock, movedClock } from './movedClock.ts';
import { type HttpFront, startHttpFront } from './routeRequests.ts';
import { SecretsSeen } from './secretsSeen.ts';
import { startWire, type Wire } from './wire.ts';
import { withTestTemplate } from './withTestTemplate.ts';

const HOUR_MS = 3_600_000;

export type Template = Omit<ReadTemplate, 'report' | 'startBytes'>;

export interface Stage {
  readonly template: Template;
  readonly emulator: Emulator;
  readonly wire: Wire;
  /** The tables, past the wire and all rights. */
  readonly table: DynamoTable;
  readonly clock: MovedClock;
  readonly functions: ReadonlyMap<string, FunctionHost>;
  readonly http: HttpFront;
  readonly used: UsedRights;
  readonly secrets: SecretsSeen;
  /** Told of each line that a function logs. */
  onLine: (line: string) => void;
  /**
   * The account anew, with the stack in it, at a full hour more than an hour later. Functions stay warm: what they remember of the last farm is
   * older than they believe anything, but for match classes. Those are kept for ever, and so they are here.
   */
  deployAnew(): Promise<{ readonly stack: DeployedStack; readonly rights: RightsChecker }>;
  close(): Promise<void>;
}

export async function startStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-aws-'));
  const clockFile = join(folder, 'clock');
  const clock = movedClock(clockFile);
  clock.set(Date.UTC(2026, 0, 1));
  const [synthesized, emulator] = await Promise.all([
    synthesizeStage('try', [withTestTemplate]),
    startEmulator(clockFile),
  ]);
  const template = questions(synthesized.resources);
  const wire = await startWire({
    endpoint: emulator.endpoint,
    place: { account: '000000000000', region: emulatorRegion },
    now: clock.now,
  });
  const dynamo = connectDynamo({
    endpoint: emulator.endpoint,
    region: emulatorRegion,
    credentials: emulatorCredentials,
  });
  const table = new DynamoTable({ client: dynamo, tableName: (name) => `rollcall-try-${name}` });
  const used: UsedRights = new Map();
  const first = await deployStack(emulator, synthesized.resources);
  const names = Object.fromEntries(
    Object.keys(synthesized.resources)
      .filter((id) => ['AWS::S3::Bucket', 'AWS::IAM::Role'].includes(synthesized.resources[id]?.Type ?? ''))
      .map((id) => [id, first.nameOf(id)]),
  );
  const functions = new Map<string, FunctionHost>();
  const secrets = new SecretsSeen();
  const http = await startHttpFront({
    template,
    functions: startFunctions(),
    clock,
    onCall: (event, result) => secrets.noteCall(event, result),
  });
  wire.live = http.live;

  const stage: Stage = {
    template,
    emulator,
    wire,
    table,
    clock,
    functions,
    http,
    used,
    secrets,
    onLine: () => {},
    async deployAnew() {
      wire.calm();
      const { items: classes } = await table.query({ table: 'queue', partition: keys.matchClassPartition });
      await fetch(`${emulator.endpoint}/_ministack/reset`, { method: 'POST' });
      clock.set((Math.floor(clock.now() / HOUR_MS) + 2) * HOUR_MS);
      const stack = await deployStack(emulator, synthesized.resources, names);
      await table.batchWrite('queue', { puts: classes });
      const rights = rightsChecker({ template, stack, used });
      wire.rights = rights;
      return { stack, rights };
    },
    async close() {
      await http.close();
      await Promise.all([...functions.values()].map((host) => host.close()));
      await wire.close();
      dynamo.destroy();
      await emulator.stop();
      clock.close();
      synthesized.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return stage;

  function startFunctions(): ReadonlyMap<string, FunctionHost> {
    for (const properties of template.of('AWS::Lambda::Function')) {
      const host = new FunctionHost({
        properties,
        asset: synthesized.assetOf(properties),
        variables: variablesOf(properties, first, wire),
        region: emulatorRegion,
        endpoint: wire.url,
        clock: clock.shared,
        onLine: (line) => {
          secrets.noteLine(line);
          stage.onLine(line);
        },
      });
      functions.set(host.name, host);
    }
    return functions;
  }
}

/** URLs of queues lead to the wire, under whatever name of SQS or of the emulator the template has made them. */
function variablesOf(
  { Environment }: SynthesizedStage['resources'][string]['Properties'],
  stack: DeployedStack,
  wire: Wire,
): Record<string, string> {
  const { Variables = {} } = (Environment ?? {}) as { Variables?: Record<string, unknown> };
  return Object.fromEntries(
    Object.entries(Variables).map(([name, value]) => [
      name,
      stack.resolve(value).replace(/^https?:\/\/[^/]+/, wire.url),
    ]),
  );
}
