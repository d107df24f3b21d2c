/** The event bus in AWS. Apart from the context, so that it is loaded with the first event: most changes are none. */
import { connectEvents, type EventBus, eventBus } from '../bus/eventBus.ts';
import { eventBusVariable, lambdaVariables, required } from './env.ts';

export const lambdaEventBus = (): EventBus =>
  eventBus(connectEvents({ region: required(lambdaVariables.region) }), required(eventBusVariable));
