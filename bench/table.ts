/** Figures as people read them: columns under their names, numbers to the right. */
import { percentile } from './percentile.ts';
import type { Results } from './scenarios.ts';
import type { Throughput } from './throughput.ts';

type Cell = string | number;

/** Three digits say enough. */
const shown = (cell: Cell): string =>
  typeof cell === 'string'
    ? cell
    : cell.toLocaleString('en', { maximumSignificantDigits: cell < 1_000 ? 3 : 4 });

function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [head, ...rows].map((row) => row.map(shown));
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}

export function resultTables({ scenarios, wakeUps, losses }: Results): string {
  const pages = scenarios.flatMap(({ name, pageP50Ms, pageP99Ms }) =>
    pageP50Ms === undefined || pageP99Ms === undefined ? [] : [[name, pageP50Ms, pageP99Ms]],
  );
  return [
    scenarios.length > 0 &&
      table(
        [
          'scenario',
          'nodes',
          'jobs',
          'chunks queued',
          'chunks/s',
          'report p50 ms',
          'p99 ms',
          'RSS MB',
          'CPU ms/chunk',
        ],
        scenarios.map((one) => [
          one.name,
          one.nodes,
          one.jobs,
          one.chunksQueued,
          one.chunksPerSecond,
          one.reportP50Ms,
          one.reportP99Ms,
          one.rssMb,
          one.cpuMsPerChunk,
        ]),
      ),
    pages.length > 0 && table(['Console', 'page p50 ms', 'p99 ms'], pages),
    wakeUps.length > 0 &&
      table(
        ['submit to chunk', 'nodes', 'first p50 ms', 'p99 ms', 'every node p50 ms', 'p99 ms'],
        wakeUps.map((one) => [
          one.name,
          one.nodes,
          one.firstP50Ms,
          one.firstP99Ms,
          one.everyP50Ms,
          one.everyP99Ms,
        ]),
      ),
    losses.length > 0 &&
      table(
        ['nodes die', 'nodes', 'lease s', 'tick s', 'all run again s', 'of it redistribution s'],
        losses.map((one) => [
          one.name,
          one.nodes,
          one.leaseSeconds,
          one.tickSeconds,
          one.allRunAgainSeconds,
          one.redistributionSeconds,
        ]),
      ),
  ]
    .filter((part) => part !== false)
    .join('\n\n');
}

/** Medians of both, and of the ratios pair by pair: what disturbs the machine disturbs both runs of a pair. */
export function comparisonTable(
  revision: string,
  ours: readonly Throughput[],
  theirs: readonly Throughput[],
): string {
  const figures = ['chunksPerSecond', 'reportP50Ms', 'reportP99Ms', 'rssMb', 'cpuMsPerChunk'] as const;
  const names = [...new Set(ours.map(({ name }) => name))];
  const rows = names.flatMap((name) => {
    const here = ours.filter((one) => one.name === name);
    const there = theirs.filter((one) => one.name === name);
    return figures.map((figure) => {
      const ratios = here.map((one, index) => one[figure] / (there[index]?.[figure] ?? Number.NaN));
      return [
        `${name} ${figure}`,
        percentile(
          here.map((one) => one[figure]),
          0.5,
        ),
        percentile(
          there.map((one) => one[figure]),
          0.5,
        ),
        percentile(ratios, 0.5),
        Math.min(...ratios),
        Math.max(...ratios),
      ];
    });
  });
  return table(['', 'here', revision, 'ratio', 'least', 'most'], rows);
}
