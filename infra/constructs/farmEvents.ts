/** The bus on which studios hear of jobs and nodes. Its rules are theirs: the stack has none. */
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { nameIn, type Stage } from '../stage.ts';

export interface FarmEventsProps {
  readonly stage: Stage;
}

export class FarmEvents extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, id: string, { stage }: FarmEventsProps) {
    super(scope, id);
    this.bus = new EventBus(this, 'bus', { eventBusName: nameIn(stage, 'events') });
  }
}
