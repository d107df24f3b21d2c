import type { Command } from 'commander';
import { addBounds } from './db/bounds.ts';
import { addClear } from './db/clear.ts';
import { addExport } from './db/export.ts';
import { addFlush } from './db/flush.ts';
import { addImport } from './db/import.ts';
import { addStatistics } from './db/statistics.ts';
import { addZero } from './db/zero.ts';

export function addDb(program: Command): void {
  const db = program
    .command('db')
    .summary('statistics and history of the farm')
    .description('Shows and clears what the farm remembers: statistics of every minute, and every attempt.');
  for (const add of [addBounds, addStatistics, addClear, addZero, addFlush, addExport, addImport]) add(db);
}
