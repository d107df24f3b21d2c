import type { Command } from 'commander';
import { addSystemEvent } from './nodes/event.ts';
import { addKill } from './nodes/kill.ts';
import { addListNodes } from './nodes/list.ts';
import { addRealtimeLog } from './nodes/log.ts';
import { addMessage } from './nodes/message.ts';
import { addNotes } from './nodes/notes.ts';
import { addPauseNodes } from './nodes/pause.ts';
import { addPriority } from './nodes/priority.ts';
import { addPython } from './nodes/python.ts';
import { addReadmit } from './nodes/readmit.ts';
import { addRemoveNodes } from './nodes/remove.ts';
import { addSoftRestart } from './nodes/restart.ts';
import { addResumeNodes } from './nodes/resume.ts';
import { addShowNode } from './nodes/show.ts';
import { addForceUpdate } from './nodes/update.ts';
import { addWake } from './nodes/wake.ts';
import { addWatchNodes } from './nodes/watch.ts';

export function addNodes(program: Command): void {
  const nodes = program
    .command('nodes')
    .summary('show and command nodes')
    .description(
      'Shows the nodes of the farm, or commands some of them. A node is meant by its id or its name.',
    );
  for (const add of [addListNodes, addWatchNodes, addShowNode]) add(nodes);
  for (const add of [addPauseNodes, addResumeNodes, addKill, addReadmit, addNotes]) add(nodes);
  for (const add of [addPriority, addRealtimeLog, addForceUpdate, addSoftRestart, addSystemEvent]) add(nodes);
  for (const add of [addPython, addMessage, addWake, addRemoveNodes]) add(nodes);
}
