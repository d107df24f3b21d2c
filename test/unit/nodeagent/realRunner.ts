/** A runner of real processes in a folder of its own, for one test. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { WorkOrder } from '../../../client/src/generated.ts';
import type { ProcessPriority } from '../../../nodeagent/src/ports.ts';
import { FileRunLogs } from '../../../nodeagent/src/runLogs.ts';
import { ProcessRunner } from '../../../nodeagent/src/runner/runner.ts';
import { PythonHost } from '../../../nodeagent/src/templates/pythonHost.ts';
import { PythonTemplates } from '../../../nodeagent/src/templates/pythonTemplates.ts';
import { TemplateFiles } from '../../../nodeagent/src/templates/templateFiles.ts';
import { aFolder } from '../../support/folders.ts';

export function aRunner(test: TestContext, environment: NodeJS.ProcessEnv = process.env) {
  const folder = aFolder(test);
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  const logs = new FileRunLogs(join(folder, 'logs'), say);
  const host = new PythonHost({
    program: 'python3',
    folder: join(folder, 'templates'),
    nodeName: 'render-1',
    environment,
    deadlineSeconds: 6,
    say,
  });
  const files = new TemplateFiles(join(folder, 'templates', 'files'));
  const templates = new PythonTemplates({ host, files, preferences: {}, instance: 0, environment, say });
  const runner = new ProcessRunner({
    folder,
    nodeName: 'render-1',
    python: 'python3',
    logs,
    templates,
    environment,
    say,
  });
  test.after(() => {
    runner.killNow();
    host.killNow();
  });
  return {
    folder,
    said,
    logs,
    runner: {
      start: (order: WorkOrder, priority: ProcessPriority = 'normal') => runner.start(order, priority),
      killNow: () => runner.killNow(),
    },
    /** The one finished log. */
    readLog: () => {
      const [name = ''] = readdirSync(join(folder, 'logs')).filter((file) => file.endsWith('.log'));
      return readFileSync(join(folder, 'logs', name), 'utf8');
    },
  };
}

/** Waits until the condition holds, half a minute at most. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`waited in vain for ${condition}`);
    await delay(10);
  }
}

/** Whether a process runs; one that ended but was not asked for its exit code by its parent does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== 'linux') return true;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2)[0] !== 'Z';
  } catch {
    return false;
  }
}
