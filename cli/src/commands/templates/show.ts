import type { Command } from 'commander';
import type { Template } from '../../../../client/src/generated.ts';
import { findTemplateId } from '../../arguments/template.ts';
import { pairs } from '../../output/pairs.ts';
import { printable } from '../../output/printable.ts';
import { table } from '../../output/table.ts';
import { openSession } from '../../session.ts';

export function addShowTemplate(templates: Command): void {
  templates
    .command('show')
    .argument('<template>', 'number or name of a template')
    .summary('show one template')
    .description('Shows what a template reads from a job, what it watches for, and its editions.')
    .action(async (text: string, _: object, command: Command) => {
      const { client, screen } = openSession(command);
      const { template } = await client.templateGet({ id: await findTemplateId(client, text) });
      const { limits, startDelay, jobDefaults, checks, editions, python, typescript } = template;
      screen.answer({
        json: () => ({ template }),
        text: () => [
          screen.paint('bold', `${template.id} ${printable(template.name)}`),
          '',
          ...pairs(
            [
              ['Description', template.description],
              ['Limits', limits.map(({ name, maximum }) => `${name} ${maximum}`).join(', ')],
              [
                'Starts',
                startDelay === null
                  ? ''
                  : `${startDelay.seconds} s apart, in the delay group ${startDelay.group}`,
              ],
              ['Priority', String(jobDefaults?.priority ?? '')],
              ['Pools', jobDefaults?.includedPools?.join(', ') ?? ''],
              ['Not pools', jobDefaults?.excludedPools?.join(', ') ?? ''],
              ['Progress', checks.progressPattern ?? ''],
              ['File', python?.file ?? typescript?.file ?? ''],
              ['Functions', python?.hooks.join(', ') ?? ''],
              ['Hooks', (python ?? typescript)?.dispatcherHooks.join(', ') ?? ''],
              ['Platforms', python?.platforms.join(', ') ?? ''],
              ['Errors', checks.errorPatterns.join('  ')],
              ['Warnings', checks.warningPatterns.join('  ')],
              ['Editions', editions.map((one) => editionText(one, template)).join(', ')],
            ],
            screen,
          ),
          '',
          ...table(
            template.fields,
            [
              { title: 'ATTRIBUTE', cell: ({ name }) => name },
              { title: 'KIND', cell: ({ kind }) => kind },
              {
                title: 'DEFAULT',
                shrinksTo: 8,
                cell: (field) => String(field.default ?? (field.required ? 'required' : '')),
              },
              { title: 'WHAT', shrinksTo: 16, rank: 1, cell: ({ label }) => label },
            ],
            screen.width(),
            screen.paint,
          ),
        ],
      });
    });
}

const editionText = (
  { edition, pushedBy }: Template['editions'][number],
  { edition: inForce }: Template,
): string => `${edition} by ${pushedBy}${edition === inForce ? ' (in force)' : ''}`;
