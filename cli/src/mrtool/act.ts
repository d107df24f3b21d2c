/** Commands on jobs and chunks. */
import type { Client } from '../../../client/src/client.ts';
import { usageError } from '../failure.ts';
import type { Flags } from './arguments.ts';

export async function act(client: Client, flags: Flags): Promise<string> {
  for (const [name, [values = []]] of flags) {
    const [id = '', chunkId = ''] = values;
    switch (name) {
      case 'jobri':
        await client.jobReinit({ id: idOf(name, id) });
        return `Job ${id} reinitialized`;
      case 'jobrm':
        await client.jobDelete({ id: idOf(name, id) });
        return `Job ${id} removed`;
      case 'jobp':
        await client.jobEdit({ id: idOf(name, id), changes: { paused: true } });
        return `Job ${id} paused`;
      case 'chunkrq':
        await client.chunkSetStatus({
          jobId: idOf(name, id),
          chunkId: idOf(name, chunkId),
          status: 'queued',
        });
        return `Chunk ${chunkId} of job ${id} requeued`;
    }
  }
  throw usageError('nothing to do');
}

function idOf(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw usageError(`-${name} takes an id, not ${text}`);
  return Number(text);
}
