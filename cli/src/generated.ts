// Generated from the contract by `npm run generate`; do not edit.

/** A field of the input of an operation. */
export interface Field {
  readonly name: string;
  /** Whether its text is taken as it is, as a number, as true or false, or as JSON. */
  readonly type: 'text' | 'number' | 'boolean' | 'json';
  readonly isRequired: boolean;
  readonly text: string;
  readonly choices?: readonly string[];
}

/** An operation as its help tells it. */
export interface OperationHelp {
  readonly text: string;
  readonly needsLogin: boolean;
  readonly fields: readonly Field[];
}

export const operations = {
  jobAddFolder: {
    text: 'Creates a folder in the queue. Refuses a parent that is not a folder. Consoles hear `jobs/added`.',
    needsLogin: true,
    fields: [
      { name: 'parentId', type: 'number', isRequired: true, text: 'Id of the folder, -1 for the root.' },
      { name: 'name', type: 'text', isRequired: true, text: '' },
      { name: 'owner', type: 'text', isRequired: false, text: '' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  jobDelete: {
    text: 'Deletes a job, or an empty folder, from the queue. Nodes that work on it are stopped. Id and name stay known in history. Refuses a folder that is not empty. Consoles hear `jobs/removed`.',
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: 'Id of a job or folder.' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  jobEdit: {
    text: 'Edits a job of the queue; pauses and resumes it. Frames, packets and chunk order of a job of which chunks were handed out are refused: reinitialise it first. Nodes that work on the job finish their chunks. Consoles hear `jobs/changed`.',
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: 'Id of a job or folder.' },
      { name: 'changes', type: 'json', isRequired: true, text: 'Fields to change; what is left out stays.' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  jobExplain: {
    text: 'Explains why a job is not running: the rules that keep it from every node, and per node the first rule that keeps it from that node.',
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: '' },
      {
        name: 'limit',
        type: 'number',
        isRequired: false,
        text: 'Most entries of a page, 1-1000. Otherwise 200.',
      },
      { name: 'pageToken', type: 'text', isRequired: false, text: '`nextPageToken` of the page before.' },
    ],
  },
  jobGet: {
    text: 'Retrieves a job or folder from the queue, as it is at this moment.',
    needsLogin: true,
    fields: [{ name: 'id', type: 'number', isRequired: true, text: '' }],
  },
  jobGetList: {
    text: 'Retrieves the queue, jobs and folders, page by page in the order of submission. A page may hold fewer entries than asked for when a filter is given; the queue ends where `nextPageToken` is null. Counts may lag by a second.',
    needsLogin: true,
    fields: [
      {
        name: 'limit',
        type: 'number',
        isRequired: false,
        text: 'Most entries of a page, 1-1000. Otherwise 200.',
      },
      { name: 'pageToken', type: 'text', isRequired: false, text: '`nextPageToken` of the page before.' },
      {
        name: 'status',
        type: 'text',
        isRequired: false,
        text: 'Only jobs with this status.',
        choices: [
          'waiting',
          'delayed',
          'queued',
          'in-progress',
          'completed',
          'completed-with-warnings',
          'failed',
          'deleting',
          'folder',
        ],
      },
      {
        name: 'parentId',
        type: 'number',
        isRequired: false,
        text: 'Only what is directly inside this folder; -1 is the root.',
      },
      { name: 'owner', type: 'text', isRequired: false, text: 'Only jobs of this owner.' },
      { name: 'project', type: 'text', isRequired: false, text: 'Only jobs of this project.' },
      {
        name: 'order',
        type: 'text',
        isRequired: false,
        text: 'Order by id, which is the order of submission. Otherwise "oldest-first".',
        choices: ['oldest-first', 'newest-first'],
      },
    ],
  },
  jobReinit: {
    text: 'Starts every chunk of a job again, as a new generation. Nodes that work on the old one are stopped; what they still report goes to history only. Refuses folders and jobs that are being deleted. Consoles hear `jobs/changed`.',
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: 'Id of a job or folder.' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  jobReparent: {
    text: 'Moves a job or folder into another folder, or to the root. Refuses a parent that is not a folder and a folder inside itself. Consoles hear `jobs/changed`.',
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: 'Id of a job or folder.' },
      { name: 'newParentId', type: 'number', isRequired: true, text: 'Id of the folder, -1 for the root.' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  jobSubmit: {
    text: 'Submits a new job into the queue. Hooks of its template may refuse it and name another owner. Refuses a parent that is not a folder, parents of dependencies that do not exist, an unknown template and attributes that the template does not take. Costs the same for one chunk as for ten million. A broadcast is answered with the id of the folder of its jobs. Consoles hear `jobs/added`.',
    needsLogin: true,
    fields: [
      { name: 'job', type: 'json', isRequired: true, text: '' },
      {
        name: 'owner',
        type: 'text',
        isRequired: false,
        text: 'Owner of the job; the caller, if left out. Another owner needs the right.',
      },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  jobUpdate: {
    text: 'Sends a job to all Consoles again. Changes are always on disk already; Consoles hear `jobs/changed`.',
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: 'Id of a job or folder.' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  jobUpdateStatus: {
    text: "Recalculates a job's counts and status from its chunks. Consoles hear `jobs/changed` if anything differed.",
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: 'Id of a job or folder.' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  chunkGet: {
    text: 'Retrieves one chunk of a job as it is at this moment, with the progress of its node.',
    needsLogin: true,
    fields: [
      { name: 'jobId', type: 'number', isRequired: true, text: '' },
      { name: 'chunkId', type: 'number', isRequired: true, text: '' },
    ],
  },
  chunkGetHistory: {
    text: 'Retrieves the ended attempts at one chunk, or at all chunks of a job, page by page. Attempts of earlier generations come first; those of deleted jobs are kept too.',
    needsLogin: true,
    fields: [
      {
        name: 'limit',
        type: 'number',
        isRequired: false,
        text: 'Most entries of a page, 1-1000. Otherwise 200.',
      },
      { name: 'pageToken', type: 'text', isRequired: false, text: '`nextPageToken` of the page before.' },
      { name: 'jobId', type: 'number', isRequired: true, text: '' },
      {
        name: 'chunkId',
        type: 'number',
        isRequired: false,
        text: 'One chunk; without it all chunks of the job.',
      },
    ],
  },
  chunkGetList: {
    text: 'Retrieves the chunks of a job page by page, in the order in which they are handed out; those that no node has had yet too, and with the progress of those that run. A page may hold fewer entries than asked for when a status is given.',
    needsLogin: true,
    fields: [
      {
        name: 'limit',
        type: 'number',
        isRequired: false,
        text: 'Most entries of a page, 1-1000. Otherwise 200.',
      },
      { name: 'pageToken', type: 'text', isRequired: false, text: '`nextPageToken` of the page before.' },
      { name: 'jobId', type: 'number', isRequired: true, text: '' },
      {
        name: 'status',
        type: 'text',
        isRequired: false,
        text: 'Only chunks with this status.',
        choices: ['waiting', 'queued', 'running', 'completed', 'warning', 'failed'],
      },
      { name: 'from', type: 'number', isRequired: false, text: 'From this chunk on.' },
    ],
  },
  chunkGetLiveLog: {
    text: 'Retrieves what the process of a chunk has written while the real-time log of its node was on. Kept for an hour; the whole output is there when the attempt has ended, by chunkGetLog.',
    needsLogin: true,
    fields: [
      { name: 'jobId', type: 'number', isRequired: true, text: '' },
      { name: 'chunkId', type: 'number', isRequired: true, text: '' },
      { name: 'attempt', type: 'number', isRequired: false, text: 'The present one if not given.' },
      {
        name: 'after',
        type: 'number',
        isRequired: false,
        text: 'Characters that the caller has already, 0 if not given.',
      },
    ],
  },
  chunkGetLog: {
    text: 'Gives a link to the output of the render process of one attempt. There is none before the attempt has ended.',
    needsLogin: true,
    fields: [
      { name: 'jobId', type: 'number', isRequired: true, text: '' },
      { name: 'chunkId', type: 'number', isRequired: true, text: '' },
      {
        name: 'attempt',
        type: 'number',
        isRequired: false,
        text: 'The attempt; without it the last one that began.',
      },
    ],
  },
  chunkGetThumbnail: {
    text: 'Gives a link to a small picture of the last frame that one attempt has rendered. There is none unless the job has `thumbnails`, the attempt went well and its node has FFmpeg; the log says what else kept it from being made.',
    needsLogin: true,
    fields: [
      { name: 'jobId', type: 'number', isRequired: true, text: '' },
      { name: 'chunkId', type: 'number', isRequired: true, text: '' },
      {
        name: 'attempt',
        type: 'number',
        isRequired: false,
        text: 'The attempt; without it the last one that began.',
      },
    ],
  },
  chunkSetStatus: {
    text: 'Changes the status of a chunk by hand. `queued` renders it again and reopens a job that has ended; a node that is rendering it is stopped. Refuses chunks of folders and of jobs that are being deleted. Consoles hear `chunks/changed`.',
    needsLogin: true,
    fields: [
      { name: 'jobId', type: 'number', isRequired: true, text: 'Id of a job or folder.' },
      { name: 'chunkId', type: 'number', isRequired: true, text: 'Id of a chunk within its job.' },
      {
        name: 'status',
        type: 'text',
        isRequired: true,
        text: '`queued` renders it again.',
        choices: ['queued', 'completed', 'failed'],
      },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  nodeForceUpdate: {
    text: 'Makes a node measure load, memory, disk and software afresh and tell them. Consoles hear `nodes/changed`. Refuses a node that is offline. nodeGetCommandAnswer tells what became of it.',
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: 'Id of a node.' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  nodeGet: {
    text: 'Retrieves a node from its id.',
    needsLogin: true,
    fields: [{ name: 'id', type: 'number', isRequired: true, text: '' }],
  },
  nodeGetByName: {
    text: 'Retrieves a node from its name.',
    needsLogin: true,
    fields: [{ name: 'name', type: 'text', isRequired: true, text: '' }],
  },
  nodeGetCommandAnswer: {
    text: 'Retrieves what became of a command of the last day.',
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: '' },
      {
        name: 'commandId',
        type: 'text',
        isRequired: true,
        text: 'Id that the command got when it was sent.',
      },
    ],
  },
  nodeGetList: {
    text: 'Retrieves the registered nodes page by page, by id. A page may hold fewer entries than asked for when a filter is given.',
    needsLogin: true,
    fields: [
      {
        name: 'limit',
        type: 'number',
        isRequired: false,
        text: 'Most entries of a page, 1-1000. Otherwise 200.',
      },
      { name: 'pageToken', type: 'text', isRequired: false, text: '`nextPageToken` of the page before.' },
      {
        name: 'status',
        type: 'text',
        isRequired: false,
        text: '',
        choices: ['offline', 'idle', 'working', 'paused'],
      },
      { name: 'pool', type: 'text', isRequired: false, text: 'Only nodes in this pool.' },
    ],
  },
  nodeKillAndGoOnNodesWorkingOnJob: {
    text: 'Kills the processes of all nodes that work on a job. Their chunks go back into the queue without penalty and the nodes take their next chunks. Consoles hear `nodes/changed`.',
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: 'Id of the job whose nodes are meant.' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  nodeKillAndPauseNodesWorkingOnJob: {
    text: 'Pauses all nodes that work on a job and kills their processes. Their chunks go back into the queue without penalty. Consoles hear `nodes/changed`.',
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: 'Id of the job whose nodes are meant.' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  nodeKillAndRedoNodesWorkingOnJob: {
    text: 'Kills the processes of all nodes that work on a job and starts each chunk again on its node, as a new attempt. Consoles hear `nodes/changed`.',
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: 'Id of the job whose nodes are meant.' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  nodeKillProcess: {
    text: "Kills the node's process. Its chunk goes back into the queue without penalty; the node takes its next chunk. Refuses a node that runs none. Consoles hear `nodes/changed`.",
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: 'Id of a node.' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  nodeKillProcessAndPause: {
    text: 'Pauses the node, then kills its process. Its chunk goes back into the queue without penalty. Refuses a node that runs none. Consoles hear `nodes/changed`.',
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: 'Id of a node.' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  nodeKillProcessAndRestart: {
    text: "Kills the node's process and starts the same chunk again on the same node, as a new attempt. Refuses a node that runs none. Consoles hear `nodes/changed`.",
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: 'Id of a node.' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  nodePause: {
    text: 'Pauses a node: it finishes its chunk and takes no other. A node that is offline is paused when it comes back. Consoles hear `nodes/changed`.',
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: 'Id of a node.' },
      {
        name: 'kill',
        type: 'boolean',
        isRequired: false,
        text: 'Stops the chunk that it runs instead of finishing it. Otherwise false.',
      },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  nodePurgeJobsExclusions: {
    text: 'Lets a node take chunks of a job again that it was excluded from after failures. Does nothing if it was not. Consoles hear `nodes/changed`.',
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: 'Id of a node.' },
      { name: 'jobId', type: 'number', isRequired: true, text: 'Id of a job or folder.' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  nodePurgeTemplatesExclusion: {
    text: 'Lets a node take chunks of a template again that it was excluded from after failures. Does nothing if it was not. Consoles hear `nodes/changed`.',
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: 'Id of a node.' },
      {
        name: 'templateId',
        type: 'number',
        isRequired: true,
        text: 'Id of a template, as in the reference: 43 is the generic command.',
      },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  nodeRemoveRegistration: {
    text: 'Removes the registration of a node that is offline; its name is free again. Refuses a node that is online: stop its agent first. Consoles hear `nodes/removed`.',
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: 'Id of a node.' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  nodeResume: {
    text: 'Resumes a paused node. Consoles hear `nodes/changed`.',
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: 'Id of a node.' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  nodeRunPythonCode: {
    text: 'Runs Python code on a node that was started with `--allow-python`; another one answers so and runs nothing. Refuses a node that is offline. nodeGetCommandAnswer tells what became of it.',
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: 'Id of a node.' },
      { name: 'code', type: 'text', isRequired: true, text: '' },
      { name: 'timeLimitSeconds', type: 'number', isRequired: false, text: 'Otherwise 60.' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  nodeSendSystemEvent: {
    text: 'Makes a node run the command that its operator configured for a system event; a node without one answers so and does nothing. Its chunk goes back into the queue without penalty. Refuses a node that is offline. nodeGetCommandAnswer tells what became of it.',
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: 'Id of a node.' },
      {
        name: 'event',
        type: 'text',
        isRequired: true,
        text: '',
        choices: ['reboot', 'shutdown', 'restart-agent'],
      },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  nodeSetNotes: {
    text: 'Sets the notes of a node. Consoles hear `nodes/changed`.',
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: 'Id of a node.' },
      { name: 'notes', type: 'text', isRequired: true, text: '' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  nodeSetProcessPriority: {
    text: 'Sets the priority of the processes of a node, of the one that runs too. A node that is offline takes it when it comes back. Consoles hear `nodes/changed`.',
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: 'Id of a node.' },
      {
        name: 'priority',
        type: 'text',
        isRequired: true,
        text: '',
        choices: ['low', 'below-normal', 'normal', 'above-normal', 'high'],
      },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  nodeSetRealtimeLog: {
    text: 'Turns the real-time log of a node on or off: while it is on, chunkGetLiveLog shows what its process writes. A node that is offline takes it when it comes back. Consoles hear `nodes/changed`.',
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: 'Id of a node.' },
      { name: 'status', type: 'boolean', isRequired: true, text: 'On or off.' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  nodeSoftRestart: {
    text: 'Makes a node read its configuration and register again, after the chunk that it runs. Consoles hear `nodes/changed`. Refuses a node that is offline. nodeGetCommandAnswer tells what became of it.',
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: 'Id of a node.' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  nodeWake: {
    text: 'Wakes the machine of a node that is offline: a live node of the same subnet sends a magic packet to it. Refuses a node that is online, one without a network address, and one that no live node shares a subnet with. With `pool` wakes all nodes of a pool that are offline, and those of its wake addresses that belong to no registered node, at most 1,000 machines; what cannot be woken is no refusal but told in the answer.',
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: false, text: 'The node; left out with `pool`.' },
      { name: 'pool', type: 'text', isRequired: false, text: 'Wakes all of this pool instead of one node.' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  sendMessageToNode: {
    text: 'Sends a message to one node, or with `brodcast` to all that are online. One that is offline gets it if it comes back within the hour.',
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: 'The node; -1 with `brodcast`.' },
      {
        name: 'templateId',
        type: 'number',
        isRequired: false,
        text: 'Template that the message is for, 0 for none. Otherwise 0.',
      },
      { name: 'message', type: 'text', isRequired: true, text: '' },
      {
        name: 'brodcast',
        type: 'boolean',
        isRequired: false,
        text: 'Sends it to every node that is online. Spelled as in the reference. Otherwise false.',
      },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  clientForceDisconnection: {
    text: 'Disconnects a client by the id of its connection, within a few seconds. It may connect again as long as its token is good: revoke that, or disable the user, to keep it away.',
    needsLogin: true,
    fields: [
      {
        name: 'id',
        type: 'text',
        isRequired: true,
        text: 'Id of the connection; a client that connects again has another.',
      },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  clientGet: {
    text: 'Retrieves a connected client from the id of its connection.',
    needsLogin: true,
    fields: [
      {
        name: 'id',
        type: 'text',
        isRequired: true,
        text: 'Id of the connection; a client that connects again has another.',
      },
    ],
  },
  clientGetByUsername: {
    text: 'Retrieves the connected clients of a user.',
    needsLogin: true,
    fields: [{ name: 'username', type: 'text', isRequired: true, text: '' }],
  },
  clientGetList: {
    text: 'Retrieves the clients that are connected, the oldest connection first. One that is gone without a word stays in the list until something is sent to it, two hours at most.',
    needsLogin: true,
    fields: [],
  },
  clientGetSocketUrl: {
    text: 'Tells where Consoles and notificators connect to hear what changes.',
    needsLogin: true,
    fields: [],
  },
  sendMessageToConsole: {
    text: 'Sends a message to a client, or to all of them. It arrives within a few seconds as `messages/sent`; who connects later does not hear it.',
    needsLogin: true,
    fields: [
      {
        name: 'id',
        type: 'text',
        isRequired: false,
        text: 'Connection of the client; empty with `brodcast`. Otherwise "".',
      },
      {
        name: 'templateId',
        type: 'number',
        isRequired: false,
        text: 'Template that the message is for, 0 for none. Otherwise 0.',
      },
      { name: 'message', type: 'text', isRequired: true, text: '' },
      {
        name: 'brodcast',
        type: 'boolean',
        isRequired: false,
        text: 'Sends it to every client that is connected. Spelled as in the reference. Otherwise false.',
      },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  clientNForceDisconnection: {
    text: 'Disconnects a notificator by the id of its connection, within a few seconds. It may connect again as long as its token is good: revoke that, or disable the user, to keep it away.',
    needsLogin: true,
    fields: [
      {
        name: 'id',
        type: 'text',
        isRequired: true,
        text: 'Id of the connection; a client that connects again has another.',
      },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  clientNGet: {
    text: 'Retrieves a connected notificator from the id of its connection.',
    needsLogin: true,
    fields: [
      {
        name: 'id',
        type: 'text',
        isRequired: true,
        text: 'Id of the connection; a client that connects again has another.',
      },
    ],
  },
  clientNGetByUsername: {
    text: 'Retrieves the connected notificators of a user.',
    needsLogin: true,
    fields: [{ name: 'username', type: 'text', isRequired: true, text: '' }],
  },
  clientNGetList: {
    text: 'Retrieves the notificators that are connected, the oldest connection first. One that is gone without a word stays in the list until something is sent to it, two hours at most.',
    needsLogin: true,
    fields: [],
  },
  sendMessageToNotificator: {
    text: 'Sends a message to a notificator, or to all of them. It arrives within a few seconds as `messages/sent`; who connects later does not hear it.',
    needsLogin: true,
    fields: [
      {
        name: 'id',
        type: 'text',
        isRequired: false,
        text: 'Connection of the notificator; empty with `brodcast`. Otherwise "".',
      },
      {
        name: 'templateId',
        type: 'number',
        isRequired: false,
        text: 'Template that the message is for, 0 for none. Otherwise 0.',
      },
      { name: 'message', type: 'text', isRequired: true, text: '' },
      {
        name: 'brodcast',
        type: 'boolean',
        isRequired: false,
        text: 'Sends it to every notificator that is connected. Spelled as in the reference. Otherwise false.',
      },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  userAdd: {
    text: 'Adds a user. Refuses a name that is taken or begins with `@directory@` or `@sso@`, a group that does not exist, and more rights than the caller has. Consoles hear `users/added`.',
    needsLogin: true,
    fields: [
      { name: 'user', type: 'json', isRequired: true, text: '' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  userConfigure: {
    text: 'Changes a user; what is left out stays. A new password voids all tokens of the user. Rights and limits hold within 30 seconds. Refuses a group that does not exist, more rights than the caller has, before or after the change, a password for a user of the directory, and to take user admin its power. Consoles hear `users/changed`.',
    needsLogin: true,
    fields: [
      { name: 'user', type: 'json', isRequired: true, text: '' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  userGet: {
    text: 'Retrieves a user from their name.',
    needsLogin: true,
    fields: [{ name: 'name', type: 'text', isRequired: true, text: '' }],
  },
  userGetList: {
    text: 'Retrieves the users page by page, by name. Those of the directory are among them, their names prefixed with `@directory@`; version 0 is one who has never logged in, whose groups are not known yet.',
    needsLogin: true,
    fields: [
      {
        name: 'limit',
        type: 'number',
        isRequired: false,
        text: 'Most entries of a page, 1-1000. Otherwise 200.',
      },
      { name: 'pageToken', type: 'text', isRequired: false, text: '`nextPageToken` of the page before.' },
    ],
  },
  userRemove: {
    text: 'Removes a user, whose tokens are void within 30 seconds. Their jobs stay. Refuses user admin, and a user with more rights than the caller. Consoles hear `users/removed`.',
    needsLogin: true,
    fields: [
      { name: 'name', type: 'text', isRequired: true, text: '' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  groupAdd: {
    text: 'Adds a group without users. Refuses a name that is taken, and rights that the caller does not have. Consoles hear `groups/added`.',
    needsLogin: true,
    fields: [
      { name: 'group', type: 'json', isRequired: true, text: '' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  groupConfigure: {
    text: 'Changes a group; what is left out stays. Its users have the new rights within 30 seconds. Refuses rights that the caller does not have, before or after the change. Consoles hear `groups/changed`.',
    needsLogin: true,
    fields: [
      { name: 'group', type: 'json', isRequired: true, text: '' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  groupGet: {
    text: 'Retrieves a group from its name.',
    needsLogin: true,
    fields: [{ name: 'name', type: 'text', isRequired: true, text: '' }],
  },
  groupGetList: {
    text: 'Retrieves the groups page by page, by name.',
    needsLogin: true,
    fields: [
      {
        name: 'limit',
        type: 'number',
        isRequired: false,
        text: 'Most entries of a page, 1-1000. Otherwise 200.',
      },
      { name: 'pageToken', type: 'text', isRequired: false, text: '`nextPageToken` of the page before.' },
    ],
  },
  groupRemove: {
    text: 'Removes a group and takes its users out of it; they lose its rights within 30 seconds. Refuses a group with rights that the caller does not have. Consoles hear `groups/removed`.',
    needsLogin: true,
    fields: [
      { name: 'name', type: 'text', isRequired: true, text: '' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  poolAdd: {
    text: 'Adds a pool. One that so far only nodes name keeps them. Refuses a name that was added before, and a node that is not registered. Consoles hear `pools/added`, and `nodes/changed` of nodes that enter or leave it.',
    needsLogin: true,
    fields: [
      { name: 'pool', type: 'json', isRequired: true, text: '' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  poolConfigure: {
    text: 'Changes a pool; what is left out stays. Refuses a pool that was not added and that no node names, and a node that is not registered. A node that is put into a pool or taken out stays so when it registers again, until its agent is started with other pools. Consoles hear `pools/changed`, and `nodes/changed` of nodes that enter or leave it.',
    needsLogin: true,
    fields: [
      { name: 'pool', type: 'json', isRequired: true, text: '' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  poolGet: {
    text: 'Retrieves a pool from its name.',
    needsLogin: true,
    fields: [{ name: 'name', type: 'text', isRequired: true, text: '' }],
  },
  poolGetList: {
    text: 'Retrieves the pools page by page, by name: those that were added and those that only nodes name, so all that a job can ask for.',
    needsLogin: true,
    fields: [
      {
        name: 'limit',
        type: 'number',
        isRequired: false,
        text: 'Most entries of a page, 1-1000. Otherwise 200.',
      },
      { name: 'pageToken', type: 'text', isRequired: false, text: '`nextPageToken` of the page before.' },
    ],
  },
  poolNotifyChanges: {
    text: 'Notifies all connected Consoles that pools have changed. Not needed for changes made here: each is told by itself. Consoles hear `pools/changed` with `refresh`.',
    needsLogin: true,
    fields: [
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  poolRemove: {
    text: 'Takes all nodes out of a pool and removes it. Jobs that ask for it wait until there are nodes in a pool of that name again. Consoles hear `pools/removed`, and `nodes/changed` of its nodes.',
    needsLogin: true,
    fields: [
      { name: 'name', type: 'text', isRequired: true, text: '' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  repositoriesAdd: {
    text: 'Adds a repository. Chunks that are handed out more than five seconds later have its paths substituted. Refuses a name that is taken. Consoles hear `repositories/added`.',
    needsLogin: true,
    fields: [
      { name: 'repository', type: 'json', isRequired: true, text: '' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  repositoriesConfigure: {
    text: 'Changes a repository; what is left out stays, and `paths` are given all together. Consoles hear `repositories/changed`.',
    needsLogin: true,
    fields: [
      { name: 'repository', type: 'json', isRequired: true, text: '' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  repositoriesGet: {
    text: 'Retrieves a repository from its name.',
    needsLogin: true,
    fields: [{ name: 'name', type: 'text', isRequired: true, text: '' }],
  },
  repositoriesGetList: {
    text: 'Retrieves the repositories page by page, by name.',
    needsLogin: true,
    fields: [
      {
        name: 'limit',
        type: 'number',
        isRequired: false,
        text: 'Most entries of a page, 1-1000. Otherwise 200.',
      },
      { name: 'pageToken', type: 'text', isRequired: false, text: '`nextPageToken` of the page before.' },
    ],
  },
  repositoriesNotifyChanges: {
    text: 'Notifies all connected Consoles that repositories have changed. Not needed for changes made here: each is told by itself. Consoles hear `repositories/changed` with `refresh`.',
    needsLogin: true,
    fields: [
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  repositoriesRemove: {
    text: 'Removes a repository: its paths stay as they are from then on. Consoles hear `repositories/removed`.',
    needsLogin: true,
    fields: [
      { name: 'name', type: 'text', isRequired: true, text: '' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  templateGet: {
    text: 'Retrieves a template from its id: its fields, checks and limits, and what was pushed when.',
    needsLogin: true,
    fields: [{ name: 'id', type: 'number', isRequired: true, text: '' }],
  },
  templateGetHookFailures: {
    text: 'Retrieves the hooks that have failed, page by page in the order of their keys: those that are tried again, those that were given up, and those that answer a question. One that runs well leaves the list; each leaves it 14 days after it has failed last.',
    needsLogin: true,
    fields: [
      {
        name: 'limit',
        type: 'number',
        isRequired: false,
        text: 'Most entries of a page, 1-1000. Otherwise 200.',
      },
      { name: 'pageToken', type: 'text', isRequired: false, text: '`nextPageToken` of the page before.' },
    ],
  },
  templateGetList: {
    text: 'Retrieves the templates page by page in the order of their ids: those of the project and those that were pushed.',
    needsLogin: true,
    fields: [
      {
        name: 'limit',
        type: 'number',
        isRequired: false,
        text: 'Most entries of a page, 1-1000. Otherwise 200.',
      },
      { name: 'pageToken', type: 'text', isRequired: false, text: '`nextPageToken` of the page before.' },
    ],
  },
  templatePush: {
    text: 'Puts a new edition of a template in force, or a new template. Chunks that are handed out more than five seconds later are built by it. Takes a definition, perhaps with hooks in TypeScript, or a template in Python, whose functions run on the nodes and its hooks in the host of hooks. Refuses one with mistakes, and ids and names of the templates of the project.',
    needsLogin: true,
    fields: [
      {
        name: 'definition',
        type: 'json',
        isRequired: false,
        text: 'A render engine that is a command line.',
      },
      { name: 'python', type: 'json', isRequired: false, text: 'Or a template in Python, described.' },
      {
        name: 'typescript',
        type: 'json',
        isRequired: false,
        text: 'Hooks in TypeScript, beside a definition.',
      },
      {
        name: 'dryRun',
        type: 'boolean',
        isRequired: false,
        text: 'Checks the definition and pushes nothing. Otherwise false.',
      },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  templateRemove: {
    text: 'Removes a pushed template with all editions. Its jobs wait until it is pushed again. Refuses templates of the project.',
    needsLogin: true,
    fields: [
      {
        name: 'id',
        type: 'number',
        isRequired: true,
        text: 'Id of a template, as in the reference: 43 is the generic command.',
      },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  templateRetryHooks: {
    text: 'Runs hooks again that were given up, under the keys that they had, behind whatever else waits for their jobs. Refuses one that answers a question: it is asked again by itself.',
    needsLogin: true,
    fields: [
      {
        name: 'key',
        type: 'text',
        isRequired: false,
        text: 'Of one failure; every hook that was given up if left out.',
      },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  templateRollBack: {
    text: 'Puts an earlier edition of a pushed template in force again. Refuses when there is none.',
    needsLogin: true,
    fields: [
      {
        name: 'id',
        type: 'number',
        isRequired: true,
        text: 'Id of a template, as in the reference: 43 is the generic command.',
      },
      {
        name: 'edition',
        type: 'number',
        isRequired: false,
        text: 'Edition to put in force; the one before if left out.',
      },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  backupGetBoundaries: {
    text: 'Tells how many jobs the archive has, and from when to when they were backed up.',
    needsLogin: true,
    fields: [],
  },
  backupJob: {
    text: 'Backs up a job, with all chunks and its history, or a folder by itself, into the archive. Jobs of some ten thousand chunks are ready with the answer; longer ones go on by themselves, and no entry is seen before it is whole and was read again. The same request, sent again, carries on what is under way. Refuses a job that is being rendered or could be: pause it, or wait for its end. An entry that is there and has to stay is refused too, unless it is of the job as it is now. It is for the owner of the job and for who has the right manage-archive. The queue does not change, so Consoles hear nothing.',
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: 'Id of a job or folder.' },
      {
        name: 'overwriteMode',
        type: 'text',
        isRequired: false,
        text: 'What happens to an entry of the job that is in the archive already: it stays and the backup is refused, it is overwritten, or another one is added. Otherwise "keep".',
        choices: ['keep', 'overwrite', 'add'],
      },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  backupJobAndDelete: {
    text: 'Backs up a job, or an empty folder, into the archive and then deletes it from the queue, if nobody has changed it meanwhile. Jobs of some ten thousand chunks are ready with the answer; longer ones go on by themselves, and no entry is seen before it is whole and was read again. The same request, sent again, carries on what is under way. Refuses a job that is being rendered or could be: pause it, or wait for its end. An entry that is there and has to stay is refused too, unless it is of the job as it is now. It is for the owner of the job and for who has the right manage-archive. Consoles hear `jobs/removed`.',
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: 'Id of a job or folder.' },
      {
        name: 'overwriteMode',
        type: 'text',
        isRequired: false,
        text: 'What happens to an entry of the job that is in the archive already: it stays and the backup is refused, it is overwritten, or another one is added. Otherwise "keep".',
        choices: ['keep', 'overwrite', 'add'],
      },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  backupQuery: {
    text: 'Retrieves jobs of the archive page by page, those that were backed up last first. A page may hold fewer entries than asked for when a filter is given; the list ends where `nextPageToken` is null.',
    needsLogin: true,
    fields: [
      {
        name: 'limit',
        type: 'number',
        isRequired: false,
        text: 'Most entries of a page, 1-1000. Otherwise 200.',
      },
      { name: 'pageToken', type: 'text', isRequired: false, text: '`nextPageToken` of the page before.' },
      {
        name: 'from',
        type: 'text',
        isRequired: false,
        text: 'Only what was backed up at this time or later.',
      },
      {
        name: 'to',
        type: 'text',
        isRequired: false,
        text: 'Only what was backed up at this time or earlier.',
      },
      {
        name: 'name',
        type: 'text',
        isRequired: false,
        text: 'Only jobs whose name contains this, in upper or lower case.',
      },
      { name: 'owner', type: 'text', isRequired: false, text: 'Only jobs of this owner.' },
      { name: 'project', type: 'text', isRequired: false, text: 'Only jobs of this project.' },
      { name: 'templateId', type: 'number', isRequired: false, text: 'Only jobs of this template.' },
    ],
  },
  backupRestoreJob: {
    text: 'Restores a job of the archive into the queue, as it was when it was backed up; it is in the queue once all of it is. A job that was deleted comes back under its own id; while it is in the queue, `duplicate-entry` makes another one with an id of its own, and without it the restore is refused. It is for the owner of the job and for who has the right manage-archive. The entry stays in the archive. Consoles hear `jobs/added`.',
    needsLogin: true,
    fields: [
      { name: 'id', type: 'number', isRequired: true, text: 'Id of the entry in the archive.' },
      {
        name: 'actionMode',
        type: 'json',
        isRequired: false,
        text: '`duplicate-entry` makes another job if this one is in the queue; `restore-parents` brings back the folders that it was in. Otherwise [].',
      },
      {
        name: 'newParentId',
        type: 'number',
        isRequired: false,
        text: 'Id of a folder, -1 for the root, 0 for the folder that the job was in: the root if that is gone. Otherwise 0.',
      },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  dbBackupFlush: {
    text: 'Waits until everything that goes into a backup is there, history too; a backup itself is written when it is answered. Nothing has to be flushed to be safe: what was answered is written. After 20 seconds it gives up.',
    needsLogin: true,
    fields: [
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  dbClearHistoryBounds: {
    text: 'Clears the attempts that ended between two times, both included, from history; jobs and chunks stay as they are. What is too much for one call is cleared in steps within the next minutes. The same call again does no harm.',
    needsLogin: true,
    fields: [
      {
        name: 'start',
        type: 'text',
        isRequired: true,
        text: 'From this time on; null is from the beginning.',
      },
      {
        name: 'end',
        type: 'text',
        isRequired: true,
        text: 'To this time, which is included; null is to now.',
      },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  dbClearStatisticsBounds: {
    text: 'Clears the samples of statistics between two times, both included. If the last sample is among them, counters begin anew with the next. The same call again does no harm.',
    needsLogin: true,
    fields: [
      {
        name: 'start',
        type: 'text',
        isRequired: true,
        text: 'From this time on; null is from the beginning.',
      },
      {
        name: 'end',
        type: 'text',
        isRequired: true,
        text: 'To this time, which is included; null is to now.',
      },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  dbExportQueueSQL: {
    text: 'Retrieves the queue as standard SQL: jobs, their attributes and chunks; pools, users, groups and repositories for reading along. There are no passwords and no tokens in it. What changes meanwhile may be in it or not, job by job.',
    needsLogin: true,
    fields: [],
  },
  dbFlush: {
    text: 'Waits until everything that was written to the queue before has come through the change feed: whatever follows from it has been done or is in a queue. Nothing has to be flushed to be safe: what was answered is written. After 20 seconds it gives up.',
    needsLogin: true,
    fields: [
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  dbGetHistoryBounds: {
    text: 'Tells when the first and the last attempt in history ended, and how many attempts there are. It counts all of them, which costs an eighth of a read unit for each KB of keys.',
    needsLogin: true,
    fields: [],
  },
  dbGetStatistics: {
    text: 'Retrieves samples of the statistics page by page, in the order of time. Counters only grow until they are restarted, so the difference of two samples says what was done between them. What ended in the last minute is not counted yet; what begins and ends between two minutes of an idle farm is counted within the hour.',
    needsLogin: true,
    fields: [
      { name: 'start', type: 'text', isRequired: false, text: 'From this time on.' },
      { name: 'end', type: 'text', isRequired: false, text: 'To this time, which is included.' },
      {
        name: 'limit',
        type: 'number',
        isRequired: false,
        text: 'Most entries of a page, 1-1000. Otherwise 200.',
      },
      { name: 'pageToken', type: 'text', isRequired: false, text: '`nextPageToken` of the page before.' },
    ],
  },
  dbGetStatisticsBounds: {
    text: 'Tells from when to when there are samples of statistics, and how many. There is one for each minute of the last two days in which something happened, and one an hour before and between.',
    needsLogin: true,
    fields: [],
  },
  dbHistoryFlush: {
    text: 'Waits until every attempt that has ended before this call is in history. Nothing has to be flushed to be safe: what was answered is written. After 20 seconds it gives up.',
    needsLogin: true,
    fields: [
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  dbImportQueueSQL: {
    text: 'Replaces the queue by that of a text of SQL, such as dbExportQueueSQL gives: jobs that are in the text take the place of those that have their ids, all others are deleted. The text is read apart from everything, may make tables and rows and nothing else, and is checked as a whole before anything changes. Then the engine stands still, calls that read or change the queue are refused with `queue-importing`, and what was there is exported; it takes half a minute at least. Chunks that were running wait again. Users, groups, pools and repositories of the text are checked and left as they are. Consoles hear of each job.',
    needsLogin: true,
    fields: [
      {
        name: 'sql',
        type: 'text',
        isRequired: false,
        text: 'The text, if the body of the request has no more than 4 MB with it.',
      },
      {
        name: 'uploadId',
        type: 'text',
        isRequired: false,
        text: 'The text that was uploaded, in the place of `sql`; no more than 64 MB unpacked.',
      },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  dbImportUploadLink: {
    text: 'Gives a link under which a text of SQL is uploaded that is too long for dbImportQueueSQL. Nothing changes by that; what is not imported is removed after a week.',
    needsLogin: true,
    fields: [
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  systemGetActionLog: {
    text: 'Retrieves an action log page by page: every call that was to change something, by whom, from which address, and what came of it. A page may hold fewer lines than asked for when something is searched.',
    needsLogin: true,
    fields: [
      { name: 'name', type: 'text', isRequired: true, text: 'Name of the log.' },
      { name: 'text', type: 'text', isRequired: false, text: 'Only lines with this text, in either case.' },
      { name: 'user', type: 'text', isRequired: false, text: 'Only lines of this user.' },
      { name: 'operation', type: 'text', isRequired: false, text: 'Only lines of this operation or event.' },
      { name: 'from', type: 'text', isRequired: false, text: 'Only lines of this time and later.' },
      { name: 'to', type: 'text', isRequired: false, text: 'Only lines of this time and earlier.' },
      {
        name: 'limit',
        type: 'number',
        isRequired: false,
        text: 'Most entries of a page, 1-1000. Otherwise 200.',
      },
      { name: 'pageToken', type: 'text', isRequired: false, text: '`nextPageToken` of the page before.' },
    ],
  },
  systemGetActionLogsList: {
    text: 'Retrieves the names of the action logs, one a day in UTC.',
    needsLogin: true,
    fields: [],
  },
  systemGetActivityLog: {
    text: 'Retrieves an activity log page by page: what the dispatcher did and why. A page may hold fewer lines than asked for when something is searched.',
    needsLogin: true,
    fields: [
      { name: 'name', type: 'text', isRequired: true, text: 'Name of the log.' },
      { name: 'text', type: 'text', isRequired: false, text: 'Only lines with this text, in either case.' },
      { name: 'user', type: 'text', isRequired: false, text: 'Only lines of this user.' },
      { name: 'operation', type: 'text', isRequired: false, text: 'Only lines of this operation or event.' },
      { name: 'from', type: 'text', isRequired: false, text: 'Only lines of this time and later.' },
      { name: 'to', type: 'text', isRequired: false, text: 'Only lines of this time and earlier.' },
      {
        name: 'limit',
        type: 'number',
        isRequired: false,
        text: 'Most entries of a page, 1-1000. Otherwise 200.',
      },
      { name: 'pageToken', type: 'text', isRequired: false, text: '`nextPageToken` of the page before.' },
    ],
  },
  systemGetActivityLogsList: {
    text: 'Retrieves the names of the activity logs, one a day in UTC.',
    needsLogin: true,
    fields: [],
  },
  systemGetConfiguration: {
    text: 'Retrieves the settings of the farm that count now, and which of them the next soft restart drops.',
    needsLogin: true,
    fields: [],
  },
  systemGetLDAPConfiguration: {
    text: 'Retrieves how the directory of users is asked, without the password.',
    needsLogin: true,
    fields: [],
  },
  systemGetNodesNetworkScan: {
    text: 'Retrieves the outcome of the last scan of the nodes, node by node in the order of their ids: whether it has answered, is awaited still, or is silent. A page may hold fewer entries than asked for when a filter is given.',
    needsLogin: true,
    fields: [
      {
        name: 'limit',
        type: 'number',
        isRequired: false,
        text: 'Most entries of a page, 1-1000. Otherwise 200.',
      },
      { name: 'pageToken', type: 'text', isRequired: false, text: '`nextPageToken` of the page before.' },
      {
        name: 'answer',
        type: 'text',
        isRequired: false,
        text: 'Only nodes that have answered so.',
        choices: ['answered', 'awaited', 'silent'],
      },
    ],
  },
  systemGetOIDCConfiguration: {
    text: 'Retrieves how users log in by a provider of identities, without the client secret.',
    needsLogin: true,
    fields: [],
  },
  systemQueryEngineStatus: {
    text: 'Tells whether the selection engine is running.',
    needsLogin: true,
    fields: [],
  },
  systemRemoveActionLog: {
    text: 'Removes an action log. Nobody sees its lines any more; the tick deletes them in steps. Of the log of today lines that are written later stay.',
    needsLogin: true,
    fields: [
      { name: 'name', type: 'text', isRequired: true, text: 'Name of the log.' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  systemRemoveActivityLog: {
    text: 'Removes an activity log. Nobody sees its lines any more; the tick deletes them in steps. Of the log of today lines that are written later stay.',
    needsLogin: true,
    fields: [
      { name: 'name', type: 'text', isRequired: true, text: 'Name of the log.' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  systemResetStatisticsCounters: {
    text: 'Restarts the counters of the statistics: samples from now on count from this moment. Samples that were taken before keep theirs.',
    needsLogin: true,
    fields: [
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  systemRunScript: {
    text: 'Runs a script where the hooks of templates run, in its own process with the whole API at hand, and answers when it has ended. It calls the dispatcher as `script <file>`, with every right but over who may log in. Only administrators may. Refuses a request that comes again while the script runs.',
    needsLogin: true,
    fields: [
      { name: 'language', type: 'text', isRequired: true, text: '', choices: ['python', 'typescript'] },
      {
        name: 'file',
        type: 'text',
        isRequired: true,
        text: 'Name of the file, which its errors are told with.',
      },
      {
        name: 'source',
        type: 'text',
        isRequired: true,
        text: 'Text of the file. One of TypeScript has its types stripped and exports a function by default.',
      },
      {
        name: 'seconds',
        type: 'number',
        isRequired: false,
        text: 'When it is killed. A longer one would not be answered: the API gives up after half a minute. Otherwise 20.',
      },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  systemSetConfiguration: {
    text: 'Sets settings of the farm; what is left out stays. Refuses settings that do not fit each other, and a version that is not the present one unless the settings are as wished already. Permanent values take the place of temporary ones of the same name. Takes effect within five seconds everywhere. Consoles hear `system/changed`.',
    needsLogin: true,
    fields: [
      { name: 'configuration', type: 'json', isRequired: true, text: '' },
      {
        name: 'store',
        type: 'boolean',
        isRequired: false,
        text: 'true keeps the settings; false sets them until the next systemSoftRestart. Otherwise true.',
      },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  systemSetLDAPConfiguration: {
    text: 'Changes how the directory of users is asked; what is left out stays. It counts within five seconds everywhere. Only administrators may, since who chooses the directory decides who everybody is. Refuses servers without TLS beyond this machine, and a group that does not exist.',
    needsLogin: true,
    fields: [
      { name: 'configuration', type: 'json', isRequired: true, text: '' },
      {
        name: 'store',
        type: 'boolean',
        isRequired: false,
        text: 'Whether they are stored; otherwise they count until the next soft restart. Otherwise true.',
      },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  systemSetOIDCConfiguration: {
    text: 'Changes how users log in by a provider of identities; what is left out stays. It counts within five seconds everywhere. Only administrators may, since who chooses the provider decides who everybody is. Refuses a provider without TLS beyond this machine, and a group that does not exist.',
    needsLogin: true,
    fields: [
      { name: 'configuration', type: 'json', isRequired: true, text: '' },
      {
        name: 'store',
        type: 'boolean',
        isRequired: false,
        text: 'Whether they are stored; otherwise they count until the next soft restart. Otherwise true.',
      },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  systemSoftRestart: {
    text: 'Restarts the dispatcher softly: temporary settings are dropped, and every node registers again, one that works after its chunk. Nothing that runs is stopped and nothing is lost; nodes that are offline learn of it when they come back. Consoles hear `system/changed`.',
    needsLogin: true,
    fields: [
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  systemStartNodesNetworkScan: {
    text: 'Starts a scan of the nodes: every registered node is asked to answer, and machines of those that are offline are woken where a live node of their subnet can. A scan takes the place of the one before. systemGetNodesNetworkScan tells who has answered and who is silent.',
    needsLogin: true,
    fields: [
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  systemSwapEngineStatus: {
    text: 'Stops the selection engine if it runs and starts it if it does not, for good. While it is stopped no chunk is handed out; those that run go on. It takes effect within five seconds everywhere. Consoles hear `system/changed`.',
    needsLogin: true,
    fields: [
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  logAddInternalMessage: {
    text: "Adds a message to the dispatcher's internal log, with the caller's name: a line `internal-message` of the activity log of the day.",
    needsLogin: true,
    fields: [
      { name: 'message', type: 'text', isRequired: true, text: 'One line; line breaks become spaces.' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  logAddMessage: {
    text: "Adds a message to the dispatcher's log, with the caller's name: a line `message` of the activity log of the day.",
    needsLogin: true,
    fields: [
      { name: 'message', type: 'text', isRequired: true, text: 'One line; line breaks become spaces.' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  logClear: {
    text: 'Clears the live log. The logs of the days stay as they are.',
    needsLogin: true,
    fields: [
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  logGetList: {
    text: 'Retrieves the live log: the last lines of the activity log since logClear.',
    needsLogin: true,
    fields: [
      {
        name: 'limit',
        type: 'number',
        isRequired: false,
        text: 'Most entries of a page, 1-1000. Otherwise 200.',
      },
    ],
  },
  login: {
    text: 'Gives a token to a user who knows the password, be they of the farm or of its directory, where they are `@directory@` and their name. While the directory does not answer, users of the farm log in and others are told so. Refuses further tries for up to 15 minutes after 10 failures for a name from one address, or 100 for a name or from an address.',
    needsLogin: false,
    fields: [
      { name: 'name', type: 'text', isRequired: true, text: '' },
      { name: 'password', type: 'text', isRequired: true, text: '' },
      {
        name: 'hours',
        type: 'number',
        isRequired: false,
        text: 'How long the token is good, 1-720. Otherwise 720.',
      },
      {
        name: 'skipDirectory',
        type: 'boolean',
        isRequired: false,
        text: 'Whether only users of the farm are meant, although it has a directory of users. Otherwise false.',
      },
    ],
  },
  logout: {
    text: 'Revokes the token of this call. Processes that have seen it may believe it for 30 seconds more.',
    needsLogin: true,
    fields: [],
  },
  oidcLoginBegin: {
    text: 'Begins a login by the provider of identities of the farm: tells where to go with a browser, which comes back to the return address within ten minutes. Refuses return addresses that are not allowed.',
    needsLogin: false,
    fields: [
      {
        name: 'returnAddress',
        type: 'text',
        isRequired: true,
        text: 'Where the provider sends the browser back to: an address on this machine with any port, or one of the settings.',
      },
    ],
  },
  oidcLoginFinish: {
    text: 'Gives a token to a user who has come back from the provider of identities, and makes the user `@sso@` and their name with the first one; whoever gets that name at the provider later is refused until that user is removed here. Their groups follow the provider. A login is ended once: repeated, and more than ten minutes after it was begun, it is refused.',
    needsLogin: false,
    fields: [
      {
        name: 'state',
        type: 'text',
        isRequired: true,
        text: 'Secret of this login: keep it where others do not read it, and end the login with it.',
      },
      {
        name: 'callback',
        type: 'text',
        isRequired: true,
        text: 'What the address that the browser has come back to has after its question mark.',
      },
      {
        name: 'hours',
        type: 'number',
        isRequired: false,
        text: 'How long the token is good, 1-720. Otherwise 720.',
      },
    ],
  },
  passwordChange: {
    text: "Changes the caller's own password, which voids all of the caller's tokens, and gives a new one. Refuses users of a directory, whose password is there.",
    needsLogin: true,
    fields: [
      { name: 'password', type: 'text', isRequired: true, text: '' },
      { name: 'newPassword', type: 'text', isRequired: true, text: '' },
    ],
  },
  tokenAdd: {
    text: 'Makes a long-lived token, for a pipeline or for nodes that join. Refuses one for a user with more rights than the caller. Each call makes another one; one whose answer was lost is in tokenGetList and can be revoked.',
    needsLogin: true,
    fields: [
      {
        name: 'kind',
        type: 'text',
        isRequired: false,
        text: '`join` for tokens that nodes register with; they need the right manage-nodes. Otherwise "user".',
        choices: ['user', 'join'],
      },
      {
        name: 'user',
        type: 'text',
        isRequired: false,
        text: 'Whose; left out, the caller. Those of others need the right manage-people.',
      },
      { name: 'description', type: 'text', isRequired: true, text: 'What it is for.' },
      {
        name: 'days',
        type: 'number',
        isRequired: true,
        text: 'How long it is good, 1-3650; null until it is revoked.',
      },
    ],
  },
  tokenGetList: {
    text: 'Lists the tokens of a user which are still good, those of logins included, or those that nodes join with.',
    needsLogin: true,
    fields: [
      {
        name: 'kind',
        type: 'text',
        isRequired: false,
        text: '`join` for tokens that nodes register with; they need the right manage-nodes. Otherwise "user".',
        choices: ['user', 'join'],
      },
      {
        name: 'user',
        type: 'text',
        isRequired: false,
        text: 'Whose; left out, the caller. Those of others need the right manage-people.',
      },
    ],
  },
  tokenRevoke: {
    text: 'Revokes a token: it is refused within 30 seconds. Refuses that of a user with more rights than the caller.',
    needsLogin: true,
    fields: [
      {
        name: 'kind',
        type: 'text',
        isRequired: false,
        text: '`join` for tokens that nodes register with; they need the right manage-nodes. Otherwise "user".',
        choices: ['user', 'join'],
      },
      {
        name: 'user',
        type: 'text',
        isRequired: false,
        text: 'Whose; left out, the caller. Those of others need the right manage-people.',
      },
      { name: 'id', type: 'text', isRequired: true, text: '' },
      {
        name: 'requestToken',
        type: 'text',
        isRequired: false,
        text: 'Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day.',
      },
    ],
  },
  whoAmI: {
    text: 'Tells whose token this is, and what they may do, groups included.',
    needsLogin: true,
    fields: [],
  },
} as const satisfies Record<string, OperationHelp>;

/** Templates that come with the project, by name. */
export const templateIds: Readonly<Record<string, number>> = {
  command: 43,
  ffmpeg: 48,
  tracer: 900,
  povray: 901,
  blender: 902,
  'maya-software': 1,
  'maya-vray': 37,
  'maya-arnold': 46,
  nuke: 49,
  'maya-redshift': 55,
  houdini: 903,
  husk: 904,
  katana: 905,
  'arnold-kick': 906,
  vray: 907,
  cinema4d: 908,
  'after-effects': 909,
  'python-script': 910,
  'after-job': 911,
};
