/** The schedule as the template declares it: which function is called each minute, and with what. */
import { randomUUID } from 'node:crypto';
import type { ReadTemplate } from '../infra/readTemplate.ts';
import { emulatorRegion } from '../support/emulator.ts';
import type { FunctionHost } from './invokeFunction.ts';

/** Calls the target of the one rule as EventBridge does, and answers with what it says. */
export function tick(
  { one, readable }: Pick<ReadTemplate, 'one' | 'readable'>,
  functions: ReadonlyMap<string, FunctionHost>,
  now: number,
): Promise<unknown> {
  const { ScheduleExpression, State, Targets } = one('AWS::Events::Rule');
  const [{ Arn }] = Targets as [{ Arn: unknown }];
  const host = functions.get(readable(Arn));
  if (host === undefined || State !== 'ENABLED' || ScheduleExpression !== 'rate(1 minute)') {
    throw new Error(`the rule calls ${readable(Arn)} at ${ScheduleExpression} and is ${State}`);
  }
  return host.invoke({
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: '000000000000',
    time: new Date(now).toISOString(),
    region: emulatorRegion,
    resources: [],
    detail: {},
  });
}
