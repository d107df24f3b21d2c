/** The nodes group. Does not compile while an operation of the contract is missing. */
import * as nodes from '../../shared/contract/nodes.ts';
import { groupHandler, type HttpHandler } from '../../shared/http/groupHandler.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { nodeForceUpdate } from './nodeForceUpdate.ts';
import { nodeGet } from './nodeGet.ts';
import { nodeGetByName } from './nodeGetByName.ts';
import { nodeGetCommandAnswer } from './nodeGetCommandAnswer.ts';
import { nodeGetList } from './nodeGetList.ts';
import { nodeKillAndGoOnNodesWorkingOnJob } from './nodeKillAndGoOnNodesWorkingOnJob.ts';
import { nodeKillAndPauseNodesWorkingOnJob } from './nodeKillAndPauseNodesWorkingOnJob.ts';
import { nodeKillAndRedoNodesWorkingOnJob } from './nodeKillAndRedoNodesWorkingOnJob.ts';
import { nodeKillProcess } from './nodeKillProcess.ts';
import { nodeKillProcessAndPause } from './nodeKillProcessAndPause.ts';
import { nodeKillProcessAndRestart } from './nodeKillProcessAndRestart.ts';
import { nodePause } from './nodePause.ts';
import { nodePurgeJobsExclusions } from './nodePurgeJobsExclusions.ts';
import { nodePurgeTemplatesExclusion } from './nodePurgeTemplatesExclusion.ts';
import { nodeRemoveRegistration } from './nodeRemoveRegistration.ts';
import { nodeResume } from './nodeResume.ts';
import { nodeRunPythonCode } from './nodeRunPythonCode.ts';
import { nodeSendSystemEvent } from './nodeSendSystemEvent.ts';
import { nodeSetNotes } from './nodeSetNotes.ts';
import { nodeSetProcessPriority } from './nodeSetProcessPriority.ts';
import { nodeSetRealtimeLog } from './nodeSetRealtimeLog.ts';
import { nodeSoftRestart } from './nodeSoftRestart.ts';
import { nodeWake } from './nodeWake.ts';
import { sendMessageToNode } from './sendMessageToNode.ts';

export const createHandler = (context: Context): HttpHandler =>
  groupHandler(
    nodes,
    {
      nodeGet,
      nodeGetByName,
      nodeGetList,
      nodeKillAndGoOnNodesWorkingOnJob,
      nodeKillAndPauseNodesWorkingOnJob,
      nodeKillAndRedoNodesWorkingOnJob,
      nodeKillProcess,
      nodeKillProcessAndPause,
      nodeKillProcessAndRestart,
      nodePause,
      nodePurgeJobsExclusions,
      nodePurgeTemplatesExclusion,
      nodeRemoveRegistration,
      nodeResume,
      nodeSetNotes,
      nodeForceUpdate,
      nodeGetCommandAnswer,
      nodeRunPythonCode,
      nodeSendSystemEvent,
      nodeSetProcessPriority,
      nodeSetRealtimeLog,
      nodeSoftRestart,
      nodeWake,
      sendMessageToNode,
    },
    context,
  );
