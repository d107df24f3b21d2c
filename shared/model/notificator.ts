/** A notificator that is connected: a small program that shows people messages. */
import * as z from 'zod/mini';
import { connectionFields } from './client.ts';
import { onDemand } from './onDemand.ts';

export const notificatorSchema = onDemand(() =>
  z.strictObject(connectionFields()).register(z.globalRegistry, { id: 'Notificator' }),
);
