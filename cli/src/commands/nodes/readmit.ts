import type { Command } from 'commander';
import { parseId, parseNumber } from '../../arguments/ids.ts';
import { usageError } from '../../failure.ts';
import { forEachNode, NODES } from './forEachNode.ts';

export function addReadmit(nodes: Command): void {
  nodes
    .command('readmit')
    .argument(...NODES)
    .summary('let nodes take chunks again that they were kept from after failures')
    .description('Lets nodes take chunks of a job or template again that they were kept from after failures.')
    .option('--job <id>', 'the job', parseId)
    .option('--template <id>', 'the template, by number', parseNumber(1, 65_535))
    .action(async (names: string[], options: { job?: number; template?: number }, command: Command) => {
      const { job, template } = options;
      if (job === undefined && template === undefined)
        throw usageError('say for what: --job ID or --template ID');
      await forEachNode(command, names, 'Readmitted', async (client, id) => {
        if (job !== undefined) await client.nodePurgeJobsExclusions({ id, jobId: job });
        if (template !== undefined) await client.nodePurgeTemplatesExclusion({ id, templateId: template });
      });
    });
}
