// Generated from the contract by `npm run generate`; do not edit.

export type AssignmentKey = {
  /** Id of a job or folder. */
  readonly jobId: number;
  readonly generation: number;
  /** Index of the chunk, from 0. */
  readonly index: number;
  /** Chunks of the job in this generation. */
  readonly total: number;
  readonly attempt: number;
  readonly token: string;
};

export type BackupJob = {
  /** Id of the entry: that of the job, or one of its own for an entry that was added to others. */
  readonly id: number;
  /** Id that the job had in the queue. */
  readonly jobId: number;
  readonly type: 'job' | 'folder';
  readonly name: string;
  readonly owner: string;
  readonly project: string;
  /** Id of a template, as in the reference: 43 is the generic command. */
  readonly templateId: number;
  /** Id of the folder, -1 for the root. */
  readonly parentId: -1 | number;
  readonly status:
    | 'waiting'
    | 'delayed'
    | 'queued'
    | 'in-progress'
    | 'completed'
    | 'completed-with-warnings'
    | 'failed'
    | 'deleting'
    | 'folder';
  readonly chunkCount: number;
  /** Attempts of its history. */
  readonly attemptCount: number;
  /** Size in the archive, compressed. */
  readonly byteCount: number;
  /** UTC time, ISO 8601 with milliseconds. */
  readonly submittedAt: string;
  readonly endedAt: string | null;
  /** UTC time, ISO 8601 with milliseconds. */
  readonly backedUpAt: string;
  readonly backedUpBy: string;
};

export type Capabilities = {
  /** Name of the machine. */
  readonly host: string;
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly architecture: string;
  readonly cores: number;
  readonly threads: number;
  readonly speedMhz: number;
  readonly memoryMb: number;
  readonly agentVersion: string;
  /** Render programs that the agent found. */
  readonly software?:
    | readonly {
        readonly name: string;
        readonly version: string;
      }[]
    | undefined;
  /** Network interfaces with an IPv4 address, loopback left out: a sleeping node is woken by them. */
  readonly interfaces?:
    | readonly {
        readonly mac: string;
        /** Address and length of its prefix, such as 10.0.7.12/24. */
        readonly cidr: string;
      }[]
    | undefined;
};

export type Chunk = {
  /** Id of a job or folder. */
  readonly jobId: number;
  /** Id of a chunk within its job. */
  readonly chunkId: number;
  readonly status: 'waiting' | 'queued' | 'running' | 'completed' | 'warning' | 'failed';
  readonly startFrame: number;
  readonly endFrame: number;
  readonly byFrame: number;
  readonly frameCount: number;
  readonly slice: number;
  /** Node that runs it, or ran it last. */
  readonly nodeId: number | null;
  /** Attempts begun in this generation. */
  readonly attempt: number;
  /** Attempts that failed or were lost. */
  readonly requeueCount: number;
  /** Progress of a running chunk, 0-1, as of the last heartbeat. */
  readonly progress: number;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly exitCode: number | null;
  /** What its node or the dispatcher said about the last attempt. */
  readonly message: string;
};

export type Client = {
  /** Id of the connection; a client that connects again has another. */
  readonly id: string;
  readonly username: string;
  /** Network address that it comes from. */
  readonly address: string;
  /** Name and version of the program, as it gave them. */
  readonly version: string;
  /** UTC time, ISO 8601 with milliseconds. */
  readonly connectedAt: string;
  /** Topics that it is subscribed to. */
  readonly topics: readonly string[];
};

export type Command =
  | {
      readonly kind: 'force-update';
    }
  | {
      readonly kind: 'soft-restart';
    }
  | {
      readonly kind: 'system-event';
      readonly event: 'reboot' | 'shutdown' | 'restart-agent';
    }
  | {
      readonly kind: 'run-python';
      readonly code: string;
      readonly timeLimitSeconds: number;
    }
  | {
      readonly kind: 'message';
      /** Template that the message is for, 0 for none. */
      readonly templateId: number;
      readonly text: string;
    }
  | {
      readonly kind: 'wake';
      /** Of the machine to be woken. */
      readonly mac: string;
      /** Of the subnet that it shares with this node. */
      readonly broadcastAddress: string;
    };

export type CommandAnswer = {
  readonly ok: boolean;
  /** Of the program that was run; null if none was or it was killed. */
  readonly exitCode: number | null;
  /** What the program wrote, or why the command was not carried out. */
  readonly output: string;
};

export type Configuration = {
  /** Whether chunks are handed out. */
  readonly engineRunning: boolean;
  /** Lease of a node that works. */
  readonly busyLeaseSeconds: number;
  /** Heartbeat of a node that works. */
  readonly busyHeartbeatSeconds: number;
  /** Lease of an idle node. */
  readonly idleLeaseSeconds: number;
  /** Heartbeat of an idle node. */
  readonly idleHeartbeatSeconds: number;
  /** Time for a node to accept a pushed chunk. */
  readonly acceptSeconds: number;
  /** Limit of a chunk; 0 is none. */
  readonly chunkTimeoutSeconds: number;
  /** How often a failed or lost chunk is tried again. */
  readonly maximumChunksRequeue: number;
  /** Failures of one job's chunks in a row that exclude a node from the job; 0 never does. */
  readonly failuresExcludeJob: number;
  /** Different jobs of a template that fail in a row and exclude a node from the template; 0 never does. */
  readonly jobsExcludeTemplate: number;
  /** Days that attempts are kept. */
  readonly historyDays: number;
  /** Days that lines of the activity and action logs are kept. */
  readonly logDays: number;
  /** Whether every render process is given the variables MUSTER_… of its job; those of templates in Python always are. */
  readonly exportsJobVariables: boolean;
  /** Time for a hook that somebody waits for. */
  readonly hookSeconds: number;
  /** Whether a job is submitted although a hook that should have been asked gave no answer. */
  readonly failedHooksPass: boolean;
  /** Grows with each change of the settings. */
  readonly version: number;
};

export type DesiredState = {
  readonly paused: boolean;
  readonly processPriority: 'low' | 'below-normal' | 'normal' | 'above-normal' | 'high';
  /** Whether to call nodeSendLog while a process runs. */
  readonly realtimeLog: boolean;
  /** Grows with each command; a node that sees a new number calls nodeFetchCommands. */
  readonly commandNo: number;
  /** Time to the next heartbeat. */
  readonly heartbeatSeconds: number;
  /** Grows with each soft restart of the farm; a node that sees a higher one than before registers again, after the chunk that it runs. */
  readonly farmRevision: number;
};

export type EngineDefinition = {
  /** Id of a template, as in the reference: 43 is the generic command. */
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly fields: readonly {
    readonly name: string;
    readonly label: string;
    readonly kind: 'string' | 'file' | 'folder' | 'integer' | 'number' | 'boolean';
    readonly required: boolean;
    readonly default?: string | number | undefined;
    readonly range?: readonly unknown[] | undefined;
    readonly numbered?: boolean | undefined;
  }[];
  /** Ways of cutting frames that the engine knows. */
  readonly packetTypes: readonly ('multiframe' | 'image-slices' | 'broadcast' | 'target-host')[];
  /** Whether frames are whole numbers from 0 on. */
  readonly wholeFrames: boolean;
  /** Whether a process renders one frame only. */
  readonly oneFrame: boolean;
  /** Program on each platform, found through the PATH of the node; null where there is none. */
  readonly programs: {
    readonly linux: string | null;
    readonly darwin: string | null;
    readonly win32: string | null;
  };
  /** Words with placeholders. Words in a list of their own are left out together when a field in them is absent. */
  readonly arguments: readonly (string | readonly string[])[];
  /** What separates numbers in `{frame_list}`. */
  readonly frameSeparator: string;
  readonly environment: { readonly [name: string]: string };
  /** Field with the folder that it starts in. */
  readonly startingFolder: string | null;
  /** Field with the files that it writes, numbered by the frame. */
  readonly outputField?: string | undefined;
  /** Farm-wide limits that a chunk holds while it runs, such as licences: name and how many there are. */
  readonly limits: readonly {
    readonly name: string;
    readonly maximum: number;
  }[];
  /** Keeps starts of its program apart on the whole farm. Left out where they need not be. */
  readonly startDelay?:
    | {
        /** Templates with the same one are kept apart from each other. */
        readonly group: string;
        /** Between two starts on the whole farm. */
        readonly seconds: number;
      }
    | undefined;
  /** What its jobs have where their submission says nothing. */
  readonly jobDefaults?:
    | {
        readonly priority?: number | undefined;
        readonly includedPools?: readonly string[] | undefined;
        readonly excludedPools?: readonly string[] | undefined;
      }
    | undefined;
  readonly checks: {
    /** First group is the progress in percent, or `done/total` in two groups. */
    readonly progressPattern: string | null;
    readonly errorPatterns: readonly string[];
    /** Lines that tell that no licence was to be had: the chunk waits again without having failed, and the job with it. */
    readonly licencePatterns?: readonly string[] | undefined;
    readonly warningPatterns: readonly string[];
    readonly validExitCodes: readonly number[];
    readonly warningExitCodes: readonly number[];
    readonly errorExitCodes: readonly number[];
  };
};

export type Group = {
  readonly name: string;
  readonly description: string;
  /** What it allows. */
  readonly rights: readonly (
    | 'submit-for-others'
    | 'change-group-jobs'
    | 'change-all-jobs'
    | 'manage-nodes'
    | 'run-code'
    | 'manage-pools'
    | 'manage-repositories'
    | 'manage-templates'
    | 'manage-people'
    | 'manage-system'
    | 'manage-databases'
    | 'manage-archive'
    | 'manage-connections'
    | 'read-logs'
  )[];
  /** Pools that jobs may ask for. Those of a user and of all their groups count together; none at all means every pool. */
  readonly pools: readonly string[];
  /** The highest priority of jobs: a higher one is lowered to it. A user's own counts before those of groups, of which the highest counts; null sets none. */
  readonly maximumPriority: number | null;
  /** Grows with each change. */
  readonly version: number;
};

export type HistoryChunk = {
  /** Id of a job or folder. */
  readonly jobId: number;
  readonly generation: number;
  /** Id of a chunk within its job. */
  readonly chunkId: number;
  readonly attempt: number;
  readonly nodeId: number | null;
  readonly outcome: 'completed' | 'warning' | 'failed' | 'timed-out' | 'interrupted' | 'lost' | 'overridden';
  readonly startedAt: string | null;
  /** UTC time, ISO 8601 with milliseconds. */
  readonly endedAt: string;
  readonly exitCode: number | null;
  readonly message: string;
  readonly cpuSeconds: number;
  readonly peakMemoryMb: number;
};

export type HookFailure = {
  /** Of the transition; template and hook for those that answer a question. */
  readonly key: string;
  /** Id of a template, as in the reference: 43 is the generic command. */
  readonly templateId: number;
  readonly hook: string;
  /** Job that it failed for last; null for onDispatcherIdling. */
  readonly jobId: number | null;
  /** threw, timed-out, crashed or out-of-memory. */
  readonly reason: string;
  /** What the hook said. */
  readonly message: string;
  /** How often it has failed. */
  readonly count: number;
  /** Whether it is not tried again unless somebody asks for it. */
  readonly isGivenUp: boolean;
  /** UTC time, ISO 8601 with milliseconds. */
  readonly firstAt: string;
  /** UTC time, ISO 8601 with milliseconds. */
  readonly lastAt: string;
};

export type Job = {
  /** Id of a job or folder. */
  readonly id: number;
  readonly type: 'job' | 'folder';
  readonly owner: string;
  /** Name for people. */
  readonly name: string;
  /** Id of the folder, -1 for the root. */
  readonly parentId: -1 | number;
  /** Id of a template, as in the reference: 43 is the generic command. */
  readonly templateId: number;
  readonly priority: number;
  readonly emergencyQueue: boolean;
  readonly startFrame: number;
  readonly endFrame: number;
  readonly byFrame: number;
  readonly packetType: 'multiframe' | 'image-slices' | 'broadcast' | 'target-host';
  readonly packetSize: number;
  readonly imageSlices: number;
  readonly chunksPriority: 'forward' | 'backward' | 'middle-out' | 'interleaved';
  readonly chunksInterleave: number;
  readonly startOn: string | null;
  readonly maximumInstances: number;
  readonly includedPools: readonly string[];
  readonly excludedPools: readonly string[];
  readonly dependIds: readonly number[];
  readonly dependMode: 'success' | 'ended' | 'failure';
  readonly dependLinkMode: 'all' | 'any' | 'chunks';
  readonly minimumCores: number | null;
  readonly minimumThreads: number | null;
  readonly minimumSpeedMhz: number | null;
  readonly minimumRamMb: number | null;
  readonly minimumPhysicalMb: number | null;
  readonly minimumDiskSpaceMb: number | null;
  readonly platform: 'any' | 'linux' | 'darwin' | 'win32';
  readonly exitCodesErrorCheckType: 'full' | 'skip-warnings' | 'skip';
  readonly logsErrorCheckType: 'full' | 'skip-warnings' | 'skip';
  readonly validExitCodes: readonly number[] | null;
  readonly warningExitCodes: readonly number[] | null;
  readonly errorExitCodes: readonly number[] | null;
  readonly chunkTimeoutSeconds: number | null;
  readonly maximumChunksRequeue: number | null;
  readonly department: string;
  readonly project: string;
  readonly sequence: string;
  readonly shot: string;
  readonly camera: string;
  readonly templateVersion: string;
  readonly notifications: {
    /** What is told by this channel; null takes the setting of the farm. */
    readonly mail?:
      | {
          readonly jobStart: boolean | null;
          readonly jobEnd: 'none' | 'errors' | 'warnings' | 'always' | null;
          readonly chunkStart: boolean | null;
          readonly chunkEnd: 'none' | 'errors' | 'warnings' | 'always' | null;
        }
      | undefined;
    /** What is told by this channel; null takes the setting of the farm. */
    readonly mobile?:
      | {
          readonly jobStart: boolean | null;
          readonly jobEnd: 'none' | 'errors' | 'warnings' | 'always' | null;
          readonly chunkStart: boolean | null;
          readonly chunkEnd: 'none' | 'errors' | 'warnings' | 'always' | null;
        }
      | undefined;
    /** What is told by this channel; null takes the setting of the farm. */
    readonly notificator?:
      | {
          readonly jobStart: boolean | null;
          readonly jobEnd: 'none' | 'errors' | 'warnings' | 'always' | null;
          readonly chunkStart: boolean | null;
          readonly chunkEnd: 'none' | 'errors' | 'warnings' | 'always' | null;
        }
      | undefined;
  };
  readonly outputFiles: string | null;
  readonly frameCheck: {
    /** A smaller file fails its chunk. */
    readonly minimumBytes: number;
    /** A larger file fails its chunk; null allows any size. */
    readonly maximumBytes: number | null;
    /** Whether each file must be a whole image: PNG, JPEG, OpenEXR or TIFF. */
    readonly decodes: boolean;
    /** Width that images must have, in pixels; null allows any. */
    readonly width: number | null;
    /** Height that images must have, in pixels; null allows any. */
    readonly height: number | null;
  } | null;
  readonly thumbnails: boolean;
  readonly actions: {
    /** Runs before the program of the chunk that is handed out first; if it fails the chunk fails. */
    readonly beforeJob: {
      /** Command line, run without a shell. `<%= expression %>` is replaced by its value in Python. */
      readonly command: string;
      /** An action that takes longer is stopped and has failed. */
      readonly timeoutSeconds: number;
      /** Whether any exit code but 0 is a failure; false lets every exit code pass. */
      readonly checksExitCode: boolean;
    } | null;
    /** Runs in a job of its own when the last chunk has ended, however. */
    readonly afterJob: {
      /** Command line, run without a shell. `<%= expression %>` is replaced by its value in Python. */
      readonly command: string;
      /** An action that takes longer is stopped and has failed. */
      readonly timeoutSeconds: number;
      /** Whether any exit code but 0 is a failure; false lets every exit code pass. */
      readonly checksExitCode: boolean;
    } | null;
    /** Runs before the program of each chunk; if it fails the chunk fails. */
    readonly beforeChunk: {
      /** Command line, run without a shell. `<%= expression %>` is replaced by its value in Python. */
      readonly command: string;
      /** An action that takes longer is stopped and has failed. */
      readonly timeoutSeconds: number;
      /** Whether any exit code but 0 is a failure; false lets every exit code pass. */
      readonly checksExitCode: boolean;
    } | null;
    /** Runs when the program of a chunk has ended well; if it fails the chunk fails. */
    readonly afterChunk: {
      /** Command line, run without a shell. `<%= expression %>` is replaced by its value in Python. */
      readonly command: string;
      /** An action that takes longer is stopped and has failed. */
      readonly timeoutSeconds: number;
      /** Whether any exit code but 0 is a failure; false lets every exit code pass. */
      readonly checksExitCode: boolean;
    } | null;
  } | null;
  readonly movie: {
    /** File of the movie; its extension names the format. */
    readonly output: string;
    /** Frames a second. */
    readonly frameRate: number;
    /** Encoder; null takes that of the template ffmpeg. */
    readonly codec: string | null;
    /** Constant rate factor, smaller is better; null takes the encoder's own. */
    readonly quality: number | null;
    /** Pixel format; null takes that of the template ffmpeg. */
    readonly pixelFormat: string | null;
    /** Further options of the movie, such as `-movflags +faststart`. */
    readonly flags: string | null;
  } | null;
  readonly environment: { readonly [name: string]: string };
  readonly attributes: {
    readonly [name: string]: {
      readonly value: string | number;
      readonly state: boolean;
      readonly subst: boolean;
    };
  };
  readonly status:
    | 'waiting'
    | 'delayed'
    | 'queued'
    | 'in-progress'
    | 'completed'
    | 'completed-with-warnings'
    | 'failed'
    | 'deleting'
    | 'folder';
  /** Why the job has this status, in words. */
  readonly statusReason: string;
  readonly paused: boolean;
  /** Counts from 1; each reinit adds 1. */
  readonly generation: number;
  /** Grows with each change of the state. */
  readonly version: number;
  readonly chunkCount: number;
  /** Chunks that were handed out at least once. */
  readonly handedOutCount: number;
  /** Instances that work on it now. */
  readonly runningCount: number;
  readonly counts: {
    /** Handed out before and waiting again, or put there by hand. */
    readonly queued: number;
    readonly completed: number;
    /** Completed with warnings. */
    readonly warning: number;
    readonly failed: number;
  };
  /** Share of the chunks that have ended, 0-1. */
  readonly progress: number;
  /** UTC time, ISO 8601 with milliseconds. */
  readonly submittedAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
};

export type JobChanges = {
  /** Name for people. */
  readonly name?: string | undefined;
  /** Id of a template, as in the reference: 43 is the generic command. */
  readonly templateId?: number | undefined;
  readonly priority?: number | undefined;
  readonly emergencyQueue?: boolean | undefined;
  readonly startFrame?: number | undefined;
  readonly endFrame?: number | undefined;
  readonly byFrame?: number | undefined;
  readonly packetType?: 'multiframe' | 'image-slices' | 'broadcast' | 'target-host' | undefined;
  readonly packetSize?: number | undefined;
  readonly imageSlices?: number | undefined;
  readonly chunksPriority?: 'forward' | 'backward' | 'middle-out' | 'interleaved' | undefined;
  readonly chunksInterleave?: number | undefined;
  readonly startOn?: string | null | undefined;
  readonly maximumInstances?: number | undefined;
  readonly includedPools?: readonly ('' | string)[] | undefined;
  readonly excludedPools?: readonly ('' | string)[] | undefined;
  readonly dependIds?: readonly (number | '')[] | undefined;
  readonly dependMode?: 'success' | 'ended' | 'failure' | undefined;
  readonly dependLinkMode?: 'all' | 'any' | 'chunks' | undefined;
  readonly minimumCores?: number | null | undefined;
  readonly minimumThreads?: number | null | undefined;
  readonly minimumSpeedMhz?: number | null | undefined;
  readonly minimumRamMb?: number | null | undefined;
  readonly minimumPhysicalMb?: number | null | undefined;
  readonly minimumDiskSpaceMb?: number | null | undefined;
  readonly platform?: 'any' | 'linux' | 'darwin' | 'win32' | undefined;
  readonly exitCodesErrorCheckType?: 'full' | 'skip-warnings' | 'skip' | undefined;
  readonly logsErrorCheckType?: 'full' | 'skip-warnings' | 'skip' | undefined;
  readonly validExitCodes?: readonly number[] | null | undefined;
  readonly warningExitCodes?: readonly number[] | null | undefined;
  readonly errorExitCodes?: readonly number[] | null | undefined;
  readonly chunkTimeoutSeconds?: number | null | undefined;
  readonly maximumChunksRequeue?: number | null | undefined;
  readonly department?: string | undefined;
  readonly project?: string | undefined;
  readonly sequence?: string | undefined;
  readonly shot?: string | undefined;
  readonly camera?: string | undefined;
  readonly templateVersion?: string | undefined;
  readonly notifications?:
    | {
        /** What is told by this channel; null takes the setting of the farm. */
        readonly mail?:
          | {
              readonly jobStart?: boolean | null | undefined;
              readonly jobEnd?: 'none' | 'errors' | 'warnings' | 'always' | null | undefined;
              readonly chunkStart?: boolean | null | undefined;
              readonly chunkEnd?: 'none' | 'errors' | 'warnings' | 'always' | null | undefined;
            }
          | undefined;
        /** What is told by this channel; null takes the setting of the farm. */
        readonly mobile?:
          | {
              readonly jobStart?: boolean | null | undefined;
              readonly jobEnd?: 'none' | 'errors' | 'warnings' | 'always' | null | undefined;
              readonly chunkStart?: boolean | null | undefined;
              readonly chunkEnd?: 'none' | 'errors' | 'warnings' | 'always' | null | undefined;
            }
          | undefined;
        /** What is told by this channel; null takes the setting of the farm. */
        readonly notificator?:
          | {
              readonly jobStart?: boolean | null | undefined;
              readonly jobEnd?: 'none' | 'errors' | 'warnings' | 'always' | null | undefined;
              readonly chunkStart?: boolean | null | undefined;
              readonly chunkEnd?: 'none' | 'errors' | 'warnings' | 'always' | null | undefined;
            }
          | undefined;
      }
    | undefined;
  readonly outputFiles?: string | null | undefined;
  readonly frameCheck?:
    | {
        /** A smaller file fails its chunk. */
        readonly minimumBytes?: number | undefined;
        /** A larger file fails its chunk; null allows any size. */
        readonly maximumBytes?: number | null | undefined;
        /** Whether each file must be a whole image: PNG, JPEG, OpenEXR or TIFF. */
        readonly decodes?: boolean | undefined;
        /** Width that images must have, in pixels; null allows any. */
        readonly width?: number | null | undefined;
        /** Height that images must have, in pixels; null allows any. */
        readonly height?: number | null | undefined;
      }
    | null
    | undefined;
  readonly thumbnails?: boolean | undefined;
  readonly actions?:
    | {
        /** Runs before the program of the chunk that is handed out first; if it fails the chunk fails. */
        readonly beforeJob?:
          | {
              /** Command line, run without a shell. `<%= expression %>` is replaced by its value in Python. */
              readonly command: string;
              /** An action that takes longer is stopped and has failed. */
              readonly timeoutSeconds?: number | undefined;
              /** Whether any exit code but 0 is a failure; false lets every exit code pass. */
              readonly checksExitCode?: boolean | undefined;
            }
          | null
          | undefined;
        /** Runs in a job of its own when the last chunk has ended, however. */
        readonly afterJob?:
          | {
              /** Command line, run without a shell. `<%= expression %>` is replaced by its value in Python. */
              readonly command: string;
              /** An action that takes longer is stopped and has failed. */
              readonly timeoutSeconds?: number | undefined;
              /** Whether any exit code but 0 is a failure; false lets every exit code pass. */
              readonly checksExitCode?: boolean | undefined;
            }
          | null
          | undefined;
        /** Runs before the program of each chunk; if it fails the chunk fails. */
        readonly beforeChunk?:
          | {
              /** Command line, run without a shell. `<%= expression %>` is replaced by its value in Python. */
              readonly command: string;
              /** An action that takes longer is stopped and has failed. */
              readonly timeoutSeconds?: number | undefined;
              /** Whether any exit code but 0 is a failure; false lets every exit code pass. */
              readonly checksExitCode?: boolean | undefined;
            }
          | null
          | undefined;
        /** Runs when the program of a chunk has ended well; if it fails the chunk fails. */
        readonly afterChunk?:
          | {
              /** Command line, run without a shell. `<%= expression %>` is replaced by its value in Python. */
              readonly command: string;
              /** An action that takes longer is stopped and has failed. */
              readonly timeoutSeconds?: number | undefined;
              /** Whether any exit code but 0 is a failure; false lets every exit code pass. */
              readonly checksExitCode?: boolean | undefined;
            }
          | null
          | undefined;
      }
    | null
    | undefined;
  readonly movie?:
    | {
        /** File of the movie; its extension names the format. */
        readonly output: string;
        /** Frames a second. */
        readonly frameRate?: number | undefined;
        /** Encoder; null takes that of the template ffmpeg. */
        readonly codec?: string | null | undefined;
        /** Constant rate factor, smaller is better; null takes the encoder's own. */
        readonly quality?: number | null | undefined;
        /** Pixel format; null takes that of the template ffmpeg. */
        readonly pixelFormat?: string | null | undefined;
        /** Further options of the movie, such as `-movflags +faststart`. */
        readonly flags?: string | null | undefined;
      }
    | null
    | undefined;
  readonly environment?: { readonly [name: string]: string } | undefined;
  readonly attributes?:
    | {
        readonly [name: string]: {
          readonly value: string | number;
          readonly state?: boolean | undefined;
          readonly subst?: boolean | undefined;
        };
      }
    | undefined;
  /** Pauses or resumes the job. */
  readonly paused?: boolean | undefined;
};

export type JobSubmission = {
  /** Name for people. */
  readonly name: string;
  /** Id of the folder, -1 for the root. */
  readonly parentId?: -1 | number | undefined;
  /** Id of a template, as in the reference: 43 is the generic command. */
  readonly templateId: number;
  /** 0-65535; the larger goes first. What the template has as its default, else 50, if left out. */
  readonly priority?: number | undefined;
  /** Goes before every job that is not an emergency. */
  readonly emergencyQueue?: boolean | undefined;
  readonly startFrame?: number | undefined;
  readonly endFrame?: number | undefined;
  /** Step from frame to frame. */
  readonly byFrame?: number | undefined;
  readonly packetType?: 'multiframe' | 'image-slices' | 'broadcast' | 'target-host' | undefined;
  /** Frames a chunk, 1-10000000. */
  readonly packetSize?: number | undefined;
  /** Slices a frame, with packet type image-slices. */
  readonly imageSlices?: number | undefined;
  /** Order in which chunks are handed out. */
  readonly chunksPriority?: 'forward' | 'backward' | 'middle-out' | 'interleaved' | undefined;
  /** n of every n-th packet first. */
  readonly chunksInterleave?: number | undefined;
  /** Not started before; null starts at once. */
  readonly startOn?: string | null | undefined;
  /** Most nodes at a time; 0 is no limit. */
  readonly maximumInstances?: number | undefined;
  /** Only nodes in one of these pools; empty allows every node. Those of the template, if left out. */
  readonly includedPools?: readonly ('' | string)[] | undefined;
  /** No node in one of these pools. Those of the template, if left out. */
  readonly excludedPools?: readonly ('' | string)[] | undefined;
  /** Jobs that this one waits for. */
  readonly dependIds?: readonly (number | '')[] | undefined;
  readonly dependMode?: 'success' | 'ended' | 'failure' | undefined;
  readonly dependLinkMode?: 'all' | 'any' | 'chunks' | undefined;
  /** Least processor cores of a node; null asks for none. */
  readonly minimumCores?: number | null | undefined;
  /** Least hardware threads of a node; null asks for none. */
  readonly minimumThreads?: number | null | undefined;
  /** Least processor speed in MHz of a node; null asks for none. */
  readonly minimumSpeedMhz?: number | null | undefined;
  /** Least free memory in MB of a node; null asks for none. */
  readonly minimumRamMb?: number | null | undefined;
  /** Least installed memory in MB of a node; null asks for none. */
  readonly minimumPhysicalMb?: number | null | undefined;
  /** Least free disk space in MB of a node; null asks for none. */
  readonly minimumDiskSpaceMb?: number | null | undefined;
  /** Platform of the nodes. */
  readonly platform?: 'any' | 'linux' | 'darwin' | 'win32' | undefined;
  readonly exitCodesErrorCheckType?: 'full' | 'skip-warnings' | 'skip' | undefined;
  readonly logsErrorCheckType?: 'full' | 'skip-warnings' | 'skip' | undefined;
  /** Exit codes; null takes the template's. */
  readonly validExitCodes?: readonly number[] | null | undefined;
  /** Exit codes; null takes the template's. */
  readonly warningExitCodes?: readonly number[] | null | undefined;
  /** Exit codes; null takes the template's. */
  readonly errorExitCodes?: readonly number[] | null | undefined;
  /** A chunk that takes longer is stopped; 0 is no limit, null takes the setting of the farm. */
  readonly chunkTimeoutSeconds?: number | null | undefined;
  /** How often a chunk is tried again before it fails; null takes the setting of the farm. */
  readonly maximumChunksRequeue?: number | null | undefined;
  readonly department?: string | undefined;
  readonly project?: string | undefined;
  readonly sequence?: string | undefined;
  readonly shot?: string | undefined;
  readonly camera?: string | undefined;
  readonly templateVersion?: string | undefined;
  readonly notifications?:
    | {
        /** What is told by this channel; null takes the setting of the farm. */
        readonly mail?:
          | {
              readonly jobStart?: boolean | null | undefined;
              readonly jobEnd?: 'none' | 'errors' | 'warnings' | 'always' | null | undefined;
              readonly chunkStart?: boolean | null | undefined;
              readonly chunkEnd?: 'none' | 'errors' | 'warnings' | 'always' | null | undefined;
            }
          | undefined;
        /** What is told by this channel; null takes the setting of the farm. */
        readonly mobile?:
          | {
              readonly jobStart?: boolean | null | undefined;
              readonly jobEnd?: 'none' | 'errors' | 'warnings' | 'always' | null | undefined;
              readonly chunkStart?: boolean | null | undefined;
              readonly chunkEnd?: 'none' | 'errors' | 'warnings' | 'always' | null | undefined;
            }
          | undefined;
        /** What is told by this channel; null takes the setting of the farm. */
        readonly notificator?:
          | {
              readonly jobStart?: boolean | null | undefined;
              readonly jobEnd?: 'none' | 'errors' | 'warnings' | 'always' | null | undefined;
              readonly chunkStart?: boolean | null | undefined;
              readonly chunkEnd?: 'none' | 'errors' | 'warnings' | 'always' | null | undefined;
            }
          | undefined;
      }
    | undefined;
  /** Files that the job writes, with a run of # for the frame; null takes what its template knows of them. */
  readonly outputFiles?: string | null | undefined;
  /** What is checked of the files of a chunk when its program has ended well; null checks nothing. */
  readonly frameCheck?:
    | {
        /** A smaller file fails its chunk. */
        readonly minimumBytes?: number | undefined;
        /** A larger file fails its chunk; null allows any size. */
        readonly maximumBytes?: number | null | undefined;
        /** Whether each file must be a whole image: PNG, JPEG, OpenEXR or TIFF. */
        readonly decodes?: boolean | undefined;
        /** Width that images must have, in pixels; null allows any. */
        readonly width?: number | null | undefined;
        /** Height that images must have, in pixels; null allows any. */
        readonly height?: number | null | undefined;
      }
    | null
    | undefined;
  /** Whether a small picture of the last frame of each chunk is kept, where its node has FFmpeg. */
  readonly thumbnails?: boolean | undefined;
  /** Command lines that nodes run before and after; null for none. */
  readonly actions?:
    | {
        /** Runs before the program of the chunk that is handed out first; if it fails the chunk fails. */
        readonly beforeJob?:
          | {
              /** Command line, run without a shell. `<%= expression %>` is replaced by its value in Python. */
              readonly command: string;
              /** An action that takes longer is stopped and has failed. */
              readonly timeoutSeconds?: number | undefined;
              /** Whether any exit code but 0 is a failure; false lets every exit code pass. */
              readonly checksExitCode?: boolean | undefined;
            }
          | null
          | undefined;
        /** Runs in a job of its own when the last chunk has ended, however. */
        readonly afterJob?:
          | {
              /** Command line, run without a shell. `<%= expression %>` is replaced by its value in Python. */
              readonly command: string;
              /** An action that takes longer is stopped and has failed. */
              readonly timeoutSeconds?: number | undefined;
              /** Whether any exit code but 0 is a failure; false lets every exit code pass. */
              readonly checksExitCode?: boolean | undefined;
            }
          | null
          | undefined;
        /** Runs before the program of each chunk; if it fails the chunk fails. */
        readonly beforeChunk?:
          | {
              /** Command line, run without a shell. `<%= expression %>` is replaced by its value in Python. */
              readonly command: string;
              /** An action that takes longer is stopped and has failed. */
              readonly timeoutSeconds?: number | undefined;
              /** Whether any exit code but 0 is a failure; false lets every exit code pass. */
              readonly checksExitCode?: boolean | undefined;
            }
          | null
          | undefined;
        /** Runs when the program of a chunk has ended well; if it fails the chunk fails. */
        readonly afterChunk?:
          | {
              /** Command line, run without a shell. `<%= expression %>` is replaced by its value in Python. */
              readonly command: string;
              /** An action that takes longer is stopped and has failed. */
              readonly timeoutSeconds?: number | undefined;
              /** Whether any exit code but 0 is a failure; false lets every exit code pass. */
              readonly checksExitCode?: boolean | undefined;
            }
          | null
          | undefined;
      }
    | null
    | undefined;
  /** Movie that is made of the frames when the job has completed; null makes none. */
  readonly movie?:
    | {
        /** File of the movie; its extension names the format. */
        readonly output: string;
        /** Frames a second. */
        readonly frameRate?: number | undefined;
        /** Encoder; null takes that of the template ffmpeg. */
        readonly codec?: string | null | undefined;
        /** Constant rate factor, smaller is better; null takes the encoder's own. */
        readonly quality?: number | null | undefined;
        /** Pixel format; null takes that of the template ffmpeg. */
        readonly pixelFormat?: string | null | undefined;
        /** Further options of the movie, such as `-movflags +faststart`. */
        readonly flags?: string | null | undefined;
      }
    | null
    | undefined;
  /** Environment variables of the render process. */
  readonly environment?: { readonly [name: string]: string } | undefined;
  /** Open map of attributes; the template says which it reads. */
  readonly attributes?:
    | {
        readonly [name: string]: {
          readonly value: string | number;
          readonly state?: boolean | undefined;
          readonly subst?: boolean | undefined;
        };
      }
    | undefined;
  /** Submitted paused. */
  readonly paused?: boolean | undefined;
};

export type LdapConfiguration = {
  /** Whether users of the directory may log in. */
  readonly enabled: boolean;
  /** Servers, asked in this order until one answers: `ldaps://HOST:PORT`, or `ldap://HOST:PORT` with StartTLS. Without TLS only loopback addresses. */
  readonly urls: readonly string[];
  /** Whether a connection by `ldap://` is encrypted before anything is said. */
  readonly startTls: boolean;
  /** Certificates in PEM that servers are trusted by; null for those that are publicly trusted. */
  readonly caCertificate: string | null;
  /** Who searches; empty searches anonymously. */
  readonly bindDn: string;
  /** Where users are. */
  readonly baseDn: string;
  /** Finds a user: `{name}` stands for the name that was given, and for `*` where users are listed. */
  readonly userFilter: string;
  /** Attribute with the name that a user has here: `uid`, in Active Directory `sAMAccountName`. */
  readonly nameAttribute: string;
  /** Where groups are; empty for the same place as users. */
  readonly groupBaseDn: string;
  /** Finds the groups of a user: `{dn}` stands for the distinguished name of the user, `{name}` for their name. */
  readonly groupFilter: string;
  /** Groups that users of the directory are in, set anew at each login. */
  readonly groups: readonly {
    /** Distinguished name of a group of the directory. */
    readonly directoryGroup: string;
    /** Group that its members are in here. */
    readonly group: string;
  }[];
  /** Who is asked first for a name and password: the users of the farm or the directory. The other one is asked if that does not know them. */
  readonly order: 'local-first' | 'directory-first';
  /** How long the directory has to answer all that is asked for a login, 1-8. */
  readonly timeoutSeconds: number;
  /** Whether a password of `bindDn` is kept. It is never shown. */
  readonly hasBindPassword: boolean;
  /** Grows with each change; 0 before the first. */
  readonly version: number;
};

export type Node = {
  /** Id of a node. */
  readonly id: number;
  readonly name: string;
  /** Name of the machine. */
  readonly host: string;
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly architecture: string;
  readonly cores: number;
  readonly threads: number;
  readonly speedMhz: number;
  readonly memoryMb: number;
  readonly agentVersion: string;
  /** Render programs that the agent found. */
  readonly software: readonly {
    readonly name: string;
    readonly version: string;
  }[];
  /** Network interfaces with an IPv4 address, loopback left out: a sleeping node is woken by them. */
  readonly interfaces: readonly {
    readonly mac: string;
    /** Address and length of its prefix, such as 10.0.7.12/24. */
    readonly cidr: string;
  }[];
  readonly pools: readonly string[];
  readonly status: 'offline' | 'idle' | 'working' | 'paused';
  readonly paused: boolean;
  /** Priority of the processes that it starts. */
  readonly processPriority: 'low' | 'below-normal' | 'normal' | 'above-normal' | 'high';
  /** Whether it sends the output of its process while it runs. */
  readonly realtimeLog: boolean;
  readonly notes: string;
  /** Job that it works on. */
  readonly jobId: number | null;
  readonly chunkId: number | null;
  readonly progress: number;
  readonly load: {
    /** Processor load in percent. */
    readonly cpu: number;
    readonly freeMemoryMb: number;
    readonly freeDiskMb: number;
  } | null;
  readonly lastSeenAt: string | null;
  /** UTC time, ISO 8601 with milliseconds. */
  readonly registeredAt: string;
  /** Jobs that it gets no chunks of, after failures. */
  readonly excludedJobs: readonly {
    /** Id of the job or template. */
    readonly id: number;
    /** UTC time, ISO 8601 with milliseconds. */
    readonly since: string;
    readonly reason: string;
  }[];
  /** Templates that it gets no chunks of, after failures. */
  readonly excludedTemplates: readonly {
    /** Id of the job or template. */
    readonly id: number;
    /** UTC time, ISO 8601 with milliseconds. */
    readonly since: string;
    readonly reason: string;
  }[];
};

export type NodesScan = {
  /** UTC time, ISO 8601 with milliseconds. */
  readonly startedAt: string;
  readonly startedBy: string;
  /** A node that has not answered until then is silent. */
  readonly answerBy: string;
  /** Nodes whose machines were sent a magic packet; null until that has been decided. */
  readonly wokenNodeCount: number | null;
  /** Offline nodes that cannot be woken, by the rule that keeps them from it. */
  readonly unreached: readonly {
    readonly rule: string;
    readonly nodeCount: number;
    /** The first 100. */
    readonly nodeIds: readonly number[];
  }[];
};

export type Notificator = {
  /** Id of the connection; a client that connects again has another. */
  readonly id: string;
  readonly username: string;
  /** Network address that it comes from. */
  readonly address: string;
  /** Name and version of the program, as it gave them. */
  readonly version: string;
  /** UTC time, ISO 8601 with milliseconds. */
  readonly connectedAt: string;
  /** Topics that it is subscribed to. */
  readonly topics: readonly string[];
};

export type OidcConfiguration = {
  /** Whether users of the provider may log in. */
  readonly enabled: boolean;
  /** The provider: what it calls itself. Only loopback addresses may go without TLS. */
  readonly issuer: string;
  /** What the provider knows Rollcall as. */
  readonly clientId: string;
  /** What is asked for; `openid` is a must. */
  readonly scopes: readonly string[];
  /** Claim with the name that a user has here. Nobody may choose it for themselves at the provider. */
  readonly nameClaim: string;
  /** Claim with the groups of a user. */
  readonly groupsClaim: string;
  /** Groups that users of the provider are in, set anew at each login. */
  readonly groups: readonly {
    /** Group as the claim names it. */
    readonly providerGroup: string;
    /** Group that its members are in here. */
    readonly group: string;
  }[];
  /** Where browsers may be sent back to, besides loopback addresses with any port, which the command line uses. */
  readonly returnAddresses: readonly string[];
  /** Whether a client secret is kept. It is never shown. */
  readonly hasClientSecret: boolean;
  /** Grows with each change; 0 before the first. */
  readonly version: number;
};

export type OutputChecks = {
  /** First group is the progress in percent, or `done/total` in two groups. */
  readonly progressPattern: string | null;
  readonly errorPatterns: readonly string[];
  /** Lines that tell that no licence was to be had: the chunk waits again without having failed, and the job with it. */
  readonly licencePatterns?: readonly string[] | undefined;
  readonly warningPatterns: readonly string[];
  readonly validExitCodes: readonly number[];
  readonly warningExitCodes: readonly number[];
  readonly errorExitCodes: readonly number[];
  /** False lets every exit code pass. */
  readonly checksExitCode: boolean;
};

export type Pool = {
  readonly name: string;
  readonly description: string;
  /** Machines that nodeWake wakes with the pool although no node of theirs has registered. */
  readonly wakeAddresses: readonly WakeAddress[];
  /** Names of the nodes in it. */
  readonly nodes: readonly string[];
  /** Grows with each change; 0 as long as only nodes name the pool. */
  readonly version: number;
};

export type PythonSource = {
  /** Id of a template, as in the reference: 43 is the generic command. */
  readonly id: number;
  readonly name: string;
  readonly description: string;
  /** Name of the file, which its errors are told with. */
  readonly file: string;
  /** Attributes that its fields are mapped to. */
  readonly fields: readonly {
    readonly name: string;
    readonly label: string;
    readonly kind: 'string' | 'file' | 'folder' | 'integer' | 'number' | 'boolean';
    readonly required: boolean;
    readonly default?: string | number | undefined;
    readonly range?: readonly unknown[] | undefined;
    readonly numbered?: boolean | undefined;
  }[];
  /** Ways of cutting frames that it knows. */
  readonly packetTypes: readonly ('multiframe' | 'image-slices' | 'broadcast' | 'target-host')[];
  /** Whether frames are whole numbers. */
  readonly wholeFrames: boolean;
  /** Platforms of nodes that it runs on. */
  readonly platforms: readonly ('linux' | 'darwin' | 'win32')[];
  /** Functions of its own that nodes call. */
  readonly hooks: readonly (
    | 'onBuildEnvironment'
    | 'onGetApplicationPath'
    | 'onGetApplicationStartingFolder'
    | 'onBuildCommandLine'
    | 'onCheckLog'
    | 'onCheckExitCode'
    | 'onClientIdling'
  )[];
  /** Functions of its own that the dispatcher calls. */
  readonly dispatcherHooks?:
    | readonly (
        | 'onDispatcherOverrideImpersonationUser'
        | 'onValidateJobSubmission'
        | 'onDeleteJob'
        | 'onSubmitJob'
        | 'onReinitJob'
        | 'onEditJob'
        | 'onJobPropertiesChanged'
        | 'onJobCompleted'
        | 'onValidateJobDependancies'
        | 'onValidateChunkDependancies'
        | 'onJobStart'
        | 'onJobEnd'
        | 'onDispatcherIdling'
      )[]
    | undefined;
  /** Farm-wide limits that a chunk holds while it runs. */
  readonly limits: readonly {
    readonly name: string;
    readonly maximum: number;
  }[];
  /** Keeps starts of its program apart on the whole farm. Left out where they need not be. */
  readonly startDelay?:
    | {
        /** Templates with the same one are kept apart from each other. */
        readonly group: string;
        /** Between two starts on the whole farm. */
        readonly seconds: number;
      }
    | undefined;
  /** What its jobs have where their submission says nothing. */
  readonly jobDefaults?:
    | {
        readonly priority?: number | undefined;
        readonly includedPools?: readonly string[] | undefined;
        readonly excludedPools?: readonly string[] | undefined;
      }
    | undefined;
  /** Text of the file. */
  readonly source: string;
};

export type PythonTemplate = {
  /** Id of a template, as in the reference: 43 is the generic command. */
  readonly id: number;
  readonly name: string;
  readonly description: string;
  /** Name of the file, which its errors are told with. */
  readonly file: string;
  /** Attributes that its fields are mapped to. */
  readonly fields: readonly {
    readonly name: string;
    readonly label: string;
    readonly kind: 'string' | 'file' | 'folder' | 'integer' | 'number' | 'boolean';
    readonly required: boolean;
    readonly default?: string | number | undefined;
    readonly range?: readonly unknown[] | undefined;
    readonly numbered?: boolean | undefined;
  }[];
  /** Ways of cutting frames that it knows. */
  readonly packetTypes: readonly ('multiframe' | 'image-slices' | 'broadcast' | 'target-host')[];
  /** Whether frames are whole numbers. */
  readonly wholeFrames: boolean;
  /** Platforms of nodes that it runs on. */
  readonly platforms: readonly ('linux' | 'darwin' | 'win32')[];
  /** Functions of its own that nodes call. */
  readonly hooks: readonly (
    | 'onBuildEnvironment'
    | 'onGetApplicationPath'
    | 'onGetApplicationStartingFolder'
    | 'onBuildCommandLine'
    | 'onCheckLog'
    | 'onCheckExitCode'
    | 'onClientIdling'
  )[];
  /** Functions of its own that the dispatcher calls. */
  readonly dispatcherHooks: readonly (
    | 'onDispatcherOverrideImpersonationUser'
    | 'onValidateJobSubmission'
    | 'onDeleteJob'
    | 'onSubmitJob'
    | 'onReinitJob'
    | 'onEditJob'
    | 'onJobPropertiesChanged'
    | 'onJobCompleted'
    | 'onValidateJobDependancies'
    | 'onValidateChunkDependancies'
    | 'onJobStart'
    | 'onJobEnd'
    | 'onDispatcherIdling'
  )[];
  /** Farm-wide limits that a chunk holds while it runs. */
  readonly limits: readonly {
    readonly name: string;
    readonly maximum: number;
  }[];
  /** Keeps starts of its program apart on the whole farm. Left out where they need not be. */
  readonly startDelay?:
    | {
        /** Templates with the same one are kept apart from each other. */
        readonly group: string;
        /** Between two starts on the whole farm. */
        readonly seconds: number;
      }
    | undefined;
  /** What its jobs have where their submission says nothing. */
  readonly jobDefaults?:
    | {
        readonly priority?: number | undefined;
        readonly includedPools?: readonly string[] | undefined;
        readonly excludedPools?: readonly string[] | undefined;
      }
    | undefined;
  /** Hash of the text of the file. */
  readonly sha256: string;
};

export type Repository = {
  readonly name: string;
  readonly description: string;
  /** Where it is on each platform; null where it cannot be reached. */
  readonly paths: {
    readonly linux: string | null;
    readonly darwin: string | null;
    readonly win32: string | null;
  };
  /** Grows with each change. */
  readonly version: number;
};

export type StatisticsSample = {
  /** The minute of the sample. */
  readonly at: string;
  /** Jobs of which nothing was handed out yet. */
  readonly jobsQueued: number;
  readonly jobsInProgress: number;
  /** Jobs that wait for others or for their time. */
  readonly jobsWaiting: number;
  /** Length of the queue: chunks of queued jobs and jobs in progress that no node has taken, paused jobs included. */
  readonly chunksQueued: number;
  readonly nodesIdle: number;
  readonly nodesWorking: number;
  readonly nodesPaused: number;
  /** Pace of the frames since the sample before. */
  readonly framesPerHour: number;
  /** When the counters began. */
  readonly countersSince: string;
  /** Frames completed, with or without warnings, since the counters began. */
  readonly framesCompleted: number;
  /** Attempts at chunks that completed since the counters began. */
  readonly chunksCompleted: number;
  /** Attempts that failed, took too long or were lost with their node, since the counters began. */
  readonly failures: number;
};

export type Template = {
  /** Id of a template, as in the reference: 43 is the generic command. */
  readonly id: number;
  readonly name: string;
  readonly description: string;
  /** Edition in force; null for a template of the project. */
  readonly edition: number | null;
  /** Attributes that it reads from a job. */
  readonly fields: readonly {
    readonly name: string;
    readonly label: string;
    readonly kind: 'string' | 'file' | 'folder' | 'integer' | 'number' | 'boolean';
    readonly required: boolean;
    readonly default?: string | number | undefined;
    readonly range?: readonly unknown[] | undefined;
    readonly numbered?: boolean | undefined;
  }[];
  readonly checks: {
    /** First group is the progress in percent, or `done/total` in two groups. */
    readonly progressPattern: string | null;
    readonly errorPatterns: readonly string[];
    /** Lines that tell that no licence was to be had: the chunk waits again without having failed, and the job with it. */
    readonly licencePatterns?: readonly string[] | undefined;
    readonly warningPatterns: readonly string[];
    readonly validExitCodes: readonly number[];
    readonly warningExitCodes: readonly number[];
    readonly errorExitCodes: readonly number[];
  };
  /** Farm-wide limits that a chunk holds while it runs. */
  readonly limits: readonly {
    readonly name: string;
    readonly maximum: number;
  }[];
  /** Keeps starts of its program apart on the whole farm. */
  readonly startDelay: {
    /** Templates with the same one are kept apart from each other. */
    readonly group: string;
    /** Between two starts on the whole farm. */
    readonly seconds: number;
  } | null;
  /** What its jobs have where their submission says nothing. */
  readonly jobDefaults: {
    readonly priority?: number | undefined;
    readonly includedPools?: readonly string[] | undefined;
    readonly excludedPools?: readonly string[] | undefined;
  } | null;
  /** What was pushed; null for a template of the project, or in Python. */
  readonly definition: EngineDefinition | null;
  /** What was pushed, of a template in Python. */
  readonly python: PythonTemplate | null;
  /** Hooks that were pushed with a definition. */
  readonly typescript: TypescriptHooks | null;
  /** Every push, the first first. */
  readonly editions: readonly {
    /** Counts from 1 with each push. */
    readonly edition: number;
    readonly pushedBy: string;
    /** UTC time, ISO 8601 with milliseconds. */
    readonly pushedAt: string;
  }[];
};

export type Token = {
  readonly id: string;
  /** `join` lets nodes register; it belongs to the farm and to no user. */
  readonly kind: 'user' | 'join';
  /** What it is for. */
  readonly description: string;
  /** UTC time, ISO 8601 with milliseconds. */
  readonly createdAt: string;
  readonly createdBy: string;
  /** null for one that is good until it is revoked. */
  readonly expiresAt: string | null;
};

export type TypescriptHooks = {
  /** Name of the file, which its errors are told with. */
  readonly file: string;
  /** Functions that the dispatcher calls. */
  readonly dispatcherHooks: readonly (
    | 'onDispatcherOverrideImpersonationUser'
    | 'onValidateJobSubmission'
    | 'onDeleteJob'
    | 'onSubmitJob'
    | 'onReinitJob'
    | 'onEditJob'
    | 'onJobPropertiesChanged'
    | 'onJobCompleted'
    | 'onValidateJobDependancies'
    | 'onValidateChunkDependancies'
    | 'onJobStart'
    | 'onJobEnd'
    | 'onDispatcherIdling'
  )[];
  /** Hash of the text of the file, its types stripped. */
  readonly sha256: string;
};

export type TypescriptSource = {
  /** Name of the file, which its errors are told with. */
  readonly file: string;
  /** Functions that the dispatcher calls. */
  readonly dispatcherHooks: readonly (
    | 'onDispatcherOverrideImpersonationUser'
    | 'onValidateJobSubmission'
    | 'onDeleteJob'
    | 'onSubmitJob'
    | 'onReinitJob'
    | 'onEditJob'
    | 'onJobPropertiesChanged'
    | 'onJobCompleted'
    | 'onValidateJobDependancies'
    | 'onValidateChunkDependancies'
    | 'onJobStart'
    | 'onJobEnd'
    | 'onDispatcherIdling'
  )[];
  /** Text of the file, its types stripped. */
  readonly source: string;
};

export type User = {
  readonly name: string;
  readonly description: string;
  readonly email: string;
  /** Has every right and no limits. */
  readonly isAdmin: boolean;
  /** Whether the user may log in, and whether their tokens work. */
  readonly isEnabled: boolean;
  /** Groups that the user is in. */
  readonly groups: readonly string[];
  /** What it allows. */
  readonly rights: readonly (
    | 'submit-for-others'
    | 'change-group-jobs'
    | 'change-all-jobs'
    | 'manage-nodes'
    | 'run-code'
    | 'manage-pools'
    | 'manage-repositories'
    | 'manage-templates'
    | 'manage-people'
    | 'manage-system'
    | 'manage-databases'
    | 'manage-archive'
    | 'manage-connections'
    | 'read-logs'
  )[];
  /** Pools that jobs may ask for. Those of a user and of all their groups count together; none at all means every pool. */
  readonly pools: readonly string[];
  /** The highest priority of jobs: a higher one is lowered to it. A user's own counts before those of groups, of which the highest counts; null sets none. */
  readonly maximumPriority: number | null;
  /** Grows with each change; 0 for a user of the directory who has never logged in. */
  readonly version: number;
};

export type WakeAddress = {
  readonly mac: string;
  /** Subnet from which a magic packet reaches it, such as 10.0.7.0/24. */
  readonly subnet: string;
};

export type WorkOrder = {
  readonly assignment: AssignmentKey;
  readonly jobName: string;
  readonly templateId: number;
  readonly packet: {
    readonly startFrame: number;
    readonly endFrame: number;
    readonly byFrame: number;
    readonly frameCount: number;
    readonly slice: number;
  };
  readonly program: string;
  readonly arguments: readonly string[];
  readonly environment: { readonly [name: string]: string };
  readonly startingFolder: string | null;
  readonly timeoutSeconds: number;
  readonly checks: OutputChecks;
  readonly frameCheck: {
    readonly files: readonly string[];
    /** A smaller file fails its chunk. */
    readonly minimumBytes: number;
    /** A larger file fails its chunk; null allows any size. */
    readonly maximumBytes: number | null;
    /** Whether each file must be a whole image: PNG, JPEG, OpenEXR or TIFF. */
    readonly decodes: boolean;
    /** Width that images must have, in pixels; null allows any. */
    readonly width: number | null;
    /** Height that images must have, in pixels; null allows any. */
    readonly height: number | null;
  } | null;
  /** File of the last frame, a small picture of which is made when the program has ended well; none if not given. */
  readonly thumbnailFile?: string | undefined;
  /** How long to wait before anything of it is started: its template keeps starts apart. */
  readonly startAfterSeconds?: number | undefined;
  readonly python?:
    | {
        readonly name: string;
        /** Name of the file, for its errors. */
        readonly file: string;
        /** Hash of its text. */
        readonly sha256: string;
        /** Functions of its own that are to be called. */
        readonly hooks: readonly (
          | 'onBuildEnvironment'
          | 'onGetApplicationPath'
          | 'onGetApplicationStartingFolder'
          | 'onBuildCommandLine'
          | 'onCheckLog'
          | 'onCheckExitCode'
          | 'onClientIdling'
        )[];
        readonly edition: number;
        /** Where its packed text is fetched from, for some minutes; null if it is not kept any more. */
        readonly url: string | null;
        /** Whether a warning of onCheckLog marks the chunk. */
        readonly countsLogWarnings: boolean;
        /** Whether one of onCheckExitCode does. */
        readonly countsExitCodeWarnings: boolean;
        /** The job as it was submitted, by the fields of a Job. */
        readonly job: { readonly [name: string]: unknown };
      }
    | undefined;
  readonly actions?:
    | {
        readonly before: readonly {
          readonly what: 'before-job' | 'before-chunk' | 'after-chunk';
          readonly program: string;
          readonly arguments: readonly string[];
          readonly timeoutSeconds: number;
          readonly checksExitCode: boolean;
        }[];
        /** Run when the program has ended well. */
        readonly after: readonly {
          readonly what: 'before-job' | 'before-chunk' | 'after-chunk';
          readonly program: string;
          readonly arguments: readonly string[];
          readonly timeoutSeconds: number;
          readonly checksExitCode: boolean;
        }[];
        /** What actions have in their environment besides. */
        readonly variables: { readonly [name: string]: string };
      }
    | undefined;
  readonly expressions?:
    | {
        /** The job that inline Python is about, by the fields of a Job. */
        readonly job: { readonly [name: string]: unknown };
        /** Whether the words of the program hold it too. */
        readonly isInProgram: boolean;
        /** False where it is about no chunk. */
        readonly isOfChunk: boolean;
      }
    | undefined;
};

export type ErrorCode =
  | 'malformed-request'
  | 'unauthenticated'
  | 'login-refused'
  | 'forbidden'
  | 'no-such-operation'
  | 'not-found'
  | 'request-conflict'
  | 'conflict'
  | 'transition-refused'
  | 'stale-attempt'
  | 'session-replaced'
  | 'node-name-taken'
  | 'too-large'
  | 'invalid-input'
  | 'internal'
  | 'try-again'
  | 'already-exists'
  | 'unsupported-format'
  | 'too-many-logins'
  | 'flush-timeout'
  | 'queue-too-large'
  | 'queue-importing'
  | 'import-refused'
  | 'archive-busy'
  | 'backup-damaged'
  | 'directory-unavailable'
  | 'sso-refused'
  | 'sso-unavailable'
  | 'hook-refused'
  | 'hook-failed'
  | 'hook-recursion';

export interface Operations {
  /** Creates a folder in the queue. Refuses a parent that is not a folder. Consoles hear `jobs/added`. */
  jobAddFolder: {
    readonly input: {
      /** Id of the folder, -1 for the root. */
      readonly parentId: -1 | number;
      readonly name: string;
      readonly owner?: string | undefined;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** Id of a job or folder. */
      readonly id: number;
    };
  };
  /** Deletes a job, or an empty folder, from the queue. Nodes that work on it are stopped. Id and name stay known in history. Refuses a folder that is not empty. Consoles hear `jobs/removed`. */
  jobDelete: {
    readonly input: {
      /** Id of a job or folder. */
      readonly id: number;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Edits a job of the queue; pauses and resumes it. Frames, packets and chunk order of a job of which chunks were handed out are refused: reinitialise it first. Nodes that work on the job finish their chunks. Consoles hear `jobs/changed`. */
  jobEdit: {
    readonly input: {
      /** Id of a job or folder. */
      readonly id: number;
      /** Fields to change; what is left out stays. */
      readonly changes: JobChanges;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      readonly job: Job;
    };
  };
  /** Explains why a job is not running: the rules that keep it from every node, and per node the first rule that keeps it from that node. */
  jobExplain: {
    readonly input: {
      readonly id: number;
      /** Most entries of a page, 1-1000. */
      readonly limit?: number | undefined;
      /** `nextPageToken` of the page before. */
      readonly pageToken?: string | undefined;
    };
    readonly output: {
      /** Whether chunks of it are handed out or could be at this moment. */
      readonly runs: boolean;
      /** Rules that keep the job from every node; empty if none does. */
      readonly job: readonly string[];
      /** Per node, offline ones included, page by page. */
      readonly nodes: readonly {
        /** Id of a node. */
        readonly nodeId: number;
        readonly name: string;
        /** First rule that keeps the job from this node; null if none does. */
        readonly rule: string | null;
      }[];
      readonly nextPageToken: string | null;
    };
  };
  /** Retrieves a job or folder from the queue, as it is at this moment. */
  jobGet: {
    readonly input: {
      readonly id: number;
    };
    readonly output: {
      readonly job: Job;
    };
  };
  /** Retrieves the queue, jobs and folders, page by page in the order of submission. A page may hold fewer entries than asked for when a filter is given; the queue ends where `nextPageToken` is null. Counts may lag by a second. */
  jobGetList: {
    readonly input: {
      /** Most entries of a page, 1-1000. */
      readonly limit?: number | undefined;
      /** `nextPageToken` of the page before. */
      readonly pageToken?: string | undefined;
      /** Only jobs with this status. */
      readonly status?:
        | 'waiting'
        | 'delayed'
        | 'queued'
        | 'in-progress'
        | 'completed'
        | 'completed-with-warnings'
        | 'failed'
        | 'deleting'
        | 'folder'
        | undefined;
      /** Only what is directly inside this folder; -1 is the root. */
      readonly parentId?: number | undefined;
      /** Only jobs of this owner. */
      readonly owner?: string | undefined;
      /** Only jobs of this project. */
      readonly project?: string | undefined;
      /** Order by id, which is the order of submission. */
      readonly order?: 'oldest-first' | 'newest-first' | undefined;
    };
    readonly output: {
      readonly jobs: readonly Job[];
      readonly nextPageToken: string | null;
    };
  };
  /** Starts every chunk of a job again, as a new generation. Nodes that work on the old one are stopped; what they still report goes to history only. Refuses folders and jobs that are being deleted. Consoles hear `jobs/changed`. */
  jobReinit: {
    readonly input: {
      /** Id of a job or folder. */
      readonly id: number;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Moves a job or folder into another folder, or to the root. Refuses a parent that is not a folder and a folder inside itself. Consoles hear `jobs/changed`. */
  jobReparent: {
    readonly input: {
      /** Id of a job or folder. */
      readonly id: number;
      /** Id of the folder, -1 for the root. */
      readonly newParentId: -1 | number;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Submits a new job into the queue. Hooks of its template may refuse it and name another owner. Refuses a parent that is not a folder, parents of dependencies that do not exist, an unknown template and attributes that the template does not take. Costs the same for one chunk as for ten million. A broadcast is answered with the id of the folder of its jobs. Consoles hear `jobs/added`. */
  jobSubmit: {
    readonly input: {
      readonly job: JobSubmission;
      /** Owner of the job; the caller, if left out. Another owner needs the right. */
      readonly owner?: string | undefined;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** Id of a job or folder. */
      readonly id: number;
      readonly chunkCount: number;
    };
  };
  /** Sends a job to all Consoles again. Changes are always on disk already; Consoles hear `jobs/changed`. */
  jobUpdate: {
    readonly input: {
      /** Id of a job or folder. */
      readonly id: number;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Recalculates a job's counts and status from its chunks. Consoles hear `jobs/changed` if anything differed. */
  jobUpdateStatus: {
    readonly input: {
      /** Id of a job or folder. */
      readonly id: number;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** `started`: above 20,000 chunks the count goes on by itself. */
      readonly result: 'done' | 'started';
    };
  };
  /** Retrieves one chunk of a job as it is at this moment, with the progress of its node. */
  chunkGet: {
    readonly input: {
      readonly jobId: number;
      readonly chunkId: number;
    };
    readonly output: {
      readonly chunk: Chunk;
    };
  };
  /** Retrieves the ended attempts at one chunk, or at all chunks of a job, page by page. Attempts of earlier generations come first; those of deleted jobs are kept too. */
  chunkGetHistory: {
    readonly input: {
      /** Most entries of a page, 1-1000. */
      readonly limit?: number | undefined;
      /** `nextPageToken` of the page before. */
      readonly pageToken?: string | undefined;
      readonly jobId: number;
      /** One chunk; without it all chunks of the job. */
      readonly chunkId?: number | undefined;
    };
    readonly output: {
      readonly attempts: readonly HistoryChunk[];
      readonly nextPageToken: string | null;
    };
  };
  /** Retrieves the chunks of a job page by page, in the order in which they are handed out; those that no node has had yet too, and with the progress of those that run. A page may hold fewer entries than asked for when a status is given. */
  chunkGetList: {
    readonly input: {
      /** Most entries of a page, 1-1000. */
      readonly limit?: number | undefined;
      /** `nextPageToken` of the page before. */
      readonly pageToken?: string | undefined;
      readonly jobId: number;
      /** Only chunks with this status. */
      readonly status?: 'waiting' | 'queued' | 'running' | 'completed' | 'warning' | 'failed' | undefined;
      /** From this chunk on. */
      readonly from?: number | undefined;
    };
    readonly output: {
      readonly chunks: readonly Chunk[];
      readonly nextPageToken: string | null;
    };
  };
  /** Retrieves what the process of a chunk has written while the real-time log of its node was on. Kept for an hour; the whole output is there when the attempt has ended, by chunkGetLog. */
  chunkGetLiveLog: {
    readonly input: {
      readonly jobId: number;
      readonly chunkId: number;
      /** The present one if not given. */
      readonly attempt?: number | undefined;
      /** Characters that the caller has already, 0 if not given. */
      readonly after?: number | undefined;
    };
    readonly output: {
      readonly attempt: number;
      readonly nodeId: number | null;
      /** Whether this attempt still runs: more may come. */
      readonly isRunning: boolean;
      /** Whether the real-time log of its node is on. */
      readonly isLive: boolean;
      /** Characters before this text; more than `after` if some were never sent. */
      readonly from: number;
      /** What came since, at most 256 KB. */
      readonly text: string;
      /** `after` of the next call. */
      readonly next: number;
    };
  };
  /** Gives a link to the output of the render process of one attempt. There is none before the attempt has ended. */
  chunkGetLog: {
    readonly input: {
      readonly jobId: number;
      readonly chunkId: number;
      /** The attempt; without it the last one that began. */
      readonly attempt?: number | undefined;
    };
    readonly output: {
      readonly attempt: number;
      /** Link to the text, good for five minutes. */
      readonly url: string;
    };
  };
  /** Gives a link to a small picture of the last frame that one attempt has rendered. There is none unless the job has `thumbnails`, the attempt went well and its node has FFmpeg; the log says what else kept it from being made. */
  chunkGetThumbnail: {
    readonly input: {
      readonly jobId: number;
      readonly chunkId: number;
      /** The attempt; without it the last one that began. */
      readonly attempt?: number | undefined;
    };
    readonly output: {
      readonly attempt: number;
      /** Link to the picture, a JPEG, good for five minutes. */
      readonly url: string;
    };
  };
  /** Changes the status of a chunk by hand. `queued` renders it again and reopens a job that has ended; a node that is rendering it is stopped. Refuses chunks of folders and of jobs that are being deleted. Consoles hear `chunks/changed`. */
  chunkSetStatus: {
    readonly input: {
      /** Id of a job or folder. */
      readonly jobId: number;
      /** Id of a chunk within its job. */
      readonly chunkId: number;
      /** `queued` renders it again. */
      readonly status: 'queued' | 'completed' | 'failed';
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Makes a node measure load, memory, disk and software afresh and tell them. Consoles hear `nodes/changed`. Refuses a node that is offline. nodeGetCommandAnswer tells what became of it. */
  nodeForceUpdate: {
    readonly input: {
      /** Id of a node. */
      readonly id: number;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** Id that the command got when it was sent. */
      readonly commandId: string;
    };
  };
  /** Retrieves a node from its id. */
  nodeGet: {
    readonly input: {
      readonly id: number;
    };
    readonly output: {
      readonly node: Node;
    };
  };
  /** Retrieves a node from its name. */
  nodeGetByName: {
    readonly input: {
      readonly name: string;
    };
    readonly output: {
      readonly node: Node;
    };
  };
  /** Retrieves what became of a command of the last day. */
  nodeGetCommandAnswer: {
    readonly input: {
      readonly id: number;
      /** Id that the command got when it was sent. */
      readonly commandId: string;
    };
    readonly output: {
      /** Null as long as the node has not answered. */
      readonly answer: CommandAnswer | null;
    };
  };
  /** Retrieves the registered nodes page by page, by id. A page may hold fewer entries than asked for when a filter is given. */
  nodeGetList: {
    readonly input: {
      /** Most entries of a page, 1-1000. */
      readonly limit?: number | undefined;
      /** `nextPageToken` of the page before. */
      readonly pageToken?: string | undefined;
      readonly status?: 'offline' | 'idle' | 'working' | 'paused' | undefined;
      /** Only nodes in this pool. */
      readonly pool?: string | undefined;
    };
    readonly output: {
      readonly nodes: readonly Node[];
      readonly nextPageToken: string | null;
    };
  };
  /** Kills the processes of all nodes that work on a job. Their chunks go back into the queue without penalty and the nodes take their next chunks. Consoles hear `nodes/changed`. */
  nodeKillAndGoOnNodesWorkingOnJob: {
    readonly input: {
      /** Id of the job whose nodes are meant. */
      readonly id: number;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** Nodes that were told. */
      readonly nodeIds: readonly number[];
    };
  };
  /** Pauses all nodes that work on a job and kills their processes. Their chunks go back into the queue without penalty. Consoles hear `nodes/changed`. */
  nodeKillAndPauseNodesWorkingOnJob: {
    readonly input: {
      /** Id of the job whose nodes are meant. */
      readonly id: number;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** Nodes that were told. */
      readonly nodeIds: readonly number[];
    };
  };
  /** Kills the processes of all nodes that work on a job and starts each chunk again on its node, as a new attempt. Consoles hear `nodes/changed`. */
  nodeKillAndRedoNodesWorkingOnJob: {
    readonly input: {
      /** Id of the job whose nodes are meant. */
      readonly id: number;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** Nodes that were told. */
      readonly nodeIds: readonly number[];
    };
  };
  /** Kills the node's process. Its chunk goes back into the queue without penalty; the node takes its next chunk. Refuses a node that runs none. Consoles hear `nodes/changed`. */
  nodeKillProcess: {
    readonly input: {
      /** Id of a node. */
      readonly id: number;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Pauses the node, then kills its process. Its chunk goes back into the queue without penalty. Refuses a node that runs none. Consoles hear `nodes/changed`. */
  nodeKillProcessAndPause: {
    readonly input: {
      /** Id of a node. */
      readonly id: number;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Kills the node's process and starts the same chunk again on the same node, as a new attempt. Refuses a node that runs none. Consoles hear `nodes/changed`. */
  nodeKillProcessAndRestart: {
    readonly input: {
      /** Id of a node. */
      readonly id: number;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Pauses a node: it finishes its chunk and takes no other. A node that is offline is paused when it comes back. Consoles hear `nodes/changed`. */
  nodePause: {
    readonly input: {
      /** Id of a node. */
      readonly id: number;
      /** Stops the chunk that it runs instead of finishing it. */
      readonly kill?: boolean | undefined;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Lets a node take chunks of a job again that it was excluded from after failures. Does nothing if it was not. Consoles hear `nodes/changed`. */
  nodePurgeJobsExclusions: {
    readonly input: {
      /** Id of a node. */
      readonly id: number;
      /** Id of a job or folder. */
      readonly jobId: number;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Lets a node take chunks of a template again that it was excluded from after failures. Does nothing if it was not. Consoles hear `nodes/changed`. */
  nodePurgeTemplatesExclusion: {
    readonly input: {
      /** Id of a node. */
      readonly id: number;
      /** Id of a template, as in the reference: 43 is the generic command. */
      readonly templateId: number;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Removes the registration of a node that is offline; its name is free again. Refuses a node that is online: stop its agent first. Consoles hear `nodes/removed`. */
  nodeRemoveRegistration: {
    readonly input: {
      /** Id of a node. */
      readonly id: number;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Resumes a paused node. Consoles hear `nodes/changed`. */
  nodeResume: {
    readonly input: {
      /** Id of a node. */
      readonly id: number;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Runs Python code on a node that was started with `--allow-python`; another one answers so and runs nothing. Refuses a node that is offline. nodeGetCommandAnswer tells what became of it. */
  nodeRunPythonCode: {
    readonly input: {
      /** Id of a node. */
      readonly id: number;
      readonly code: string;
      readonly timeLimitSeconds?: number | undefined;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** Id that the command got when it was sent. */
      readonly commandId: string;
    };
  };
  /** Makes a node run the command that its operator configured for a system event; a node without one answers so and does nothing. Its chunk goes back into the queue without penalty. Refuses a node that is offline. nodeGetCommandAnswer tells what became of it. */
  nodeSendSystemEvent: {
    readonly input: {
      /** Id of a node. */
      readonly id: number;
      readonly event: 'reboot' | 'shutdown' | 'restart-agent';
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** Id that the command got when it was sent. */
      readonly commandId: string;
    };
  };
  /** Sets the notes of a node. Consoles hear `nodes/changed`. */
  nodeSetNotes: {
    readonly input: {
      /** Id of a node. */
      readonly id: number;
      readonly notes: string;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Sets the priority of the processes of a node, of the one that runs too. A node that is offline takes it when it comes back. Consoles hear `nodes/changed`. */
  nodeSetProcessPriority: {
    readonly input: {
      /** Id of a node. */
      readonly id: number;
      readonly priority: 'low' | 'below-normal' | 'normal' | 'above-normal' | 'high';
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** `sent`: the node is online and told now. `waits`: it is offline and told when it comes back. */
      readonly delivery: 'sent' | 'waits';
    };
  };
  /** Turns the real-time log of a node on or off: while it is on, chunkGetLiveLog shows what its process writes. A node that is offline takes it when it comes back. Consoles hear `nodes/changed`. */
  nodeSetRealtimeLog: {
    readonly input: {
      /** Id of a node. */
      readonly id: number;
      /** On or off. */
      readonly status: boolean;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** `sent`: the node is online and told now. `waits`: it is offline and told when it comes back. */
      readonly delivery: 'sent' | 'waits';
    };
  };
  /** Makes a node read its configuration and register again, after the chunk that it runs. Consoles hear `nodes/changed`. Refuses a node that is offline. nodeGetCommandAnswer tells what became of it. */
  nodeSoftRestart: {
    readonly input: {
      /** Id of a node. */
      readonly id: number;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** Id that the command got when it was sent. */
      readonly commandId: string;
    };
  };
  /** Wakes the machine of a node that is offline: a live node of the same subnet sends a magic packet to it. Refuses a node that is online, one without a network address, and one that no live node shares a subnet with. With `pool` wakes all nodes of a pool that are offline, and those of its wake addresses that belong to no registered node, at most 1,000 machines; what cannot be woken is no refusal but told in the answer. */
  nodeWake: {
    readonly input: {
      /** The node; left out with `pool`. */
      readonly id?: number | undefined;
      /** Wakes all of this pool instead of one node. */
      readonly pool?: string | undefined;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** Machines that get a magic packet. */
      readonly sent: readonly {
        readonly mac: string;
        /** Nodes of the machine; none if it is one of the pool's wake addresses. */
        readonly nodeIds: readonly number[];
        /** Node that sends the magic packet. */
        readonly byNodeId: number;
        /** Id that the command got when it was sent. */
        readonly commandId: string;
      }[];
      /** What the pool holds besides and cannot be woken now. */
      readonly unreached: readonly {
        /** Why none is sent. */
        readonly rule: string;
        /** Nodes of the pool. */
        readonly nodeIds: readonly number[];
        /** Wake addresses of the pool. */
        readonly macs: readonly string[];
      }[];
    };
  };
  /** Sends a message to one node, or with `brodcast` to all that are online. One that is offline gets it if it comes back within the hour. */
  sendMessageToNode: {
    readonly input: {
      /** The node; -1 with `brodcast`. */
      readonly id: number | -1;
      /** Template that the message is for, 0 for none. */
      readonly templateId?: number | undefined;
      readonly message: string;
      /** Sends it to every node that is online. Spelled as in the reference. */
      readonly brodcast?: boolean | undefined;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** `sent`: the node is online and told now. `waits`: it is offline and told when it comes back. */
      readonly delivery: 'sent' | 'waits';
      /** Id that the command got when it was sent. */
      readonly commandId: string;
      /** Nodes that get it. */
      readonly nodeCount: number;
    };
  };
  /** Disconnects a client by the id of its connection, within a few seconds. It may connect again as long as its token is good: revoke that, or disable the user, to keep it away. */
  clientForceDisconnection: {
    readonly input: {
      /** Id of the connection; a client that connects again has another. */
      readonly id: string;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Retrieves a connected client from the id of its connection. */
  clientGet: {
    readonly input: {
      /** Id of the connection; a client that connects again has another. */
      readonly id: string;
    };
    readonly output: {
      readonly client: Client;
    };
  };
  /** Retrieves the connected clients of a user. */
  clientGetByUsername: {
    readonly input: {
      readonly username: string;
    };
    readonly output: {
      readonly clients: readonly Client[];
    };
  };
  /** Retrieves the clients that are connected, the oldest connection first. One that is gone without a word stays in the list until something is sent to it, two hours at most. */
  clientGetList: {
    readonly input: { readonly [name: string]: never };
    readonly output: {
      readonly clients: readonly Client[];
    };
  };
  /** Tells where Consoles and notificators connect to hear what changes. */
  clientGetSocketUrl: {
    readonly input: { readonly [name: string]: never };
    readonly output: {
      /** Address of the WebSocket: ws or wss. */
      readonly url: string;
    };
  };
  /** Sends a message to a client, or to all of them. It arrives within a few seconds as `messages/sent`; who connects later does not hear it. */
  sendMessageToConsole: {
    readonly input: {
      /** Connection of the client; empty with `brodcast`. */
      readonly id?: '' | string | undefined;
      /** Template that the message is for, 0 for none. */
      readonly templateId?: number | undefined;
      readonly message: string;
      /** Sends it to every client that is connected. Spelled as in the reference. */
      readonly brodcast?: boolean | undefined;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** Id that the message carries wherever it arrives. */
      readonly messageId: string;
    };
  };
  /** Disconnects a notificator by the id of its connection, within a few seconds. It may connect again as long as its token is good: revoke that, or disable the user, to keep it away. */
  clientNForceDisconnection: {
    readonly input: {
      /** Id of the connection; a client that connects again has another. */
      readonly id: string;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Retrieves a connected notificator from the id of its connection. */
  clientNGet: {
    readonly input: {
      /** Id of the connection; a client that connects again has another. */
      readonly id: string;
    };
    readonly output: {
      readonly notificator: Notificator;
    };
  };
  /** Retrieves the connected notificators of a user. */
  clientNGetByUsername: {
    readonly input: {
      readonly username: string;
    };
    readonly output: {
      readonly notificators: readonly Notificator[];
    };
  };
  /** Retrieves the notificators that are connected, the oldest connection first. One that is gone without a word stays in the list until something is sent to it, two hours at most. */
  clientNGetList: {
    readonly input: { readonly [name: string]: never };
    readonly output: {
      readonly notificators: readonly Notificator[];
    };
  };
  /** Sends a message to a notificator, or to all of them. It arrives within a few seconds as `messages/sent`; who connects later does not hear it. */
  sendMessageToNotificator: {
    readonly input: {
      /** Connection of the notificator; empty with `brodcast`. */
      readonly id?: '' | string | undefined;
      /** Template that the message is for, 0 for none. */
      readonly templateId?: number | undefined;
      readonly message: string;
      /** Sends it to every notificator that is connected. Spelled as in the reference. */
      readonly brodcast?: boolean | undefined;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** Id that the message carries wherever it arrives. */
      readonly messageId: string;
    };
  };
  /** Adds a user. Refuses a name that is taken or begins with `@directory@` or `@sso@`, a group that does not exist, and more rights than the caller has. Consoles hear `users/added`. */
  userAdd: {
    readonly input: {
      readonly user: {
        readonly name: string;
        /** Kept as a hash only. Without one the user logs in by a directory or has tokens. */
        readonly password?: string | undefined;
        readonly description?: string | undefined;
        readonly email?: string | undefined;
        /** Has every right and no limits. */
        readonly isAdmin?: boolean | undefined;
        /** Whether the user may log in, and whether their tokens work. */
        readonly isEnabled?: boolean | undefined;
        /** Groups that the user is in. */
        readonly groups?: readonly string[] | undefined;
        /** What it allows. */
        readonly rights?:
          | readonly (
              | 'submit-for-others'
              | 'change-group-jobs'
              | 'change-all-jobs'
              | 'manage-nodes'
              | 'run-code'
              | 'manage-pools'
              | 'manage-repositories'
              | 'manage-templates'
              | 'manage-people'
              | 'manage-system'
              | 'manage-databases'
              | 'manage-archive'
              | 'manage-connections'
              | 'read-logs'
            )[]
          | undefined;
        /** Pools that jobs may ask for. Those of a user and of all their groups count together; none at all means every pool. */
        readonly pools?: readonly string[] | undefined;
        /** The highest priority of jobs: a higher one is lowered to it. A user's own counts before those of groups, of which the highest counts; null sets none. */
        readonly maximumPriority?: number | null | undefined;
      };
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Changes a user; what is left out stays. A new password voids all tokens of the user. Rights and limits hold within 30 seconds. Refuses a group that does not exist, more rights than the caller has, before or after the change, a password for a user of the directory, and to take user admin its power. Consoles hear `users/changed`. */
  userConfigure: {
    readonly input: {
      readonly user: {
        readonly name: string;
        /** Kept as a hash only. Without one the user logs in by a directory or has tokens. */
        readonly password?: string | undefined;
        readonly description?: string | undefined;
        readonly email?: string | undefined;
        /** Has every right and no limits. */
        readonly isAdmin?: boolean | undefined;
        /** Whether the user may log in, and whether their tokens work. */
        readonly isEnabled?: boolean | undefined;
        /** Groups that the user is in. */
        readonly groups?: readonly string[] | undefined;
        /** What it allows. */
        readonly rights?:
          | readonly (
              | 'submit-for-others'
              | 'change-group-jobs'
              | 'change-all-jobs'
              | 'manage-nodes'
              | 'run-code'
              | 'manage-pools'
              | 'manage-repositories'
              | 'manage-templates'
              | 'manage-people'
              | 'manage-system'
              | 'manage-databases'
              | 'manage-archive'
              | 'manage-connections'
              | 'read-logs'
            )[]
          | undefined;
        /** Pools that jobs may ask for. Those of a user and of all their groups count together; none at all means every pool. */
        readonly pools?: readonly string[] | undefined;
        /** The highest priority of jobs: a higher one is lowered to it. A user's own counts before those of groups, of which the highest counts; null sets none. */
        readonly maximumPriority?: number | null | undefined;
      };
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Retrieves a user from their name. */
  userGet: {
    readonly input: {
      readonly name: string;
    };
    readonly output: {
      readonly user: User;
    };
  };
  /** Retrieves the users page by page, by name. Those of the directory are among them, their names prefixed with `@directory@`; version 0 is one who has never logged in, whose groups are not known yet. */
  userGetList: {
    readonly input: {
      /** Most entries of a page, 1-1000. */
      readonly limit?: number | undefined;
      /** `nextPageToken` of the page before. */
      readonly pageToken?: string | undefined;
    };
    readonly output: {
      readonly users: readonly User[];
      readonly nextPageToken: string | null;
      /** Whether users of the directory are among them: none is in use, all, as many as it gives or 2,000, or those who have logged in before since it does not answer. */
      readonly directory: 'none' | 'whole' | 'partial' | 'unavailable';
    };
  };
  /** Removes a user, whose tokens are void within 30 seconds. Their jobs stay. Refuses user admin, and a user with more rights than the caller. Consoles hear `users/removed`. */
  userRemove: {
    readonly input: {
      readonly name: string;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Adds a group without users. Refuses a name that is taken, and rights that the caller does not have. Consoles hear `groups/added`. */
  groupAdd: {
    readonly input: {
      readonly group: {
        readonly name: string;
        readonly description?: string | undefined;
        /** What it allows. */
        readonly rights?:
          | readonly (
              | 'submit-for-others'
              | 'change-group-jobs'
              | 'change-all-jobs'
              | 'manage-nodes'
              | 'run-code'
              | 'manage-pools'
              | 'manage-repositories'
              | 'manage-templates'
              | 'manage-people'
              | 'manage-system'
              | 'manage-databases'
              | 'manage-archive'
              | 'manage-connections'
              | 'read-logs'
            )[]
          | undefined;
        /** Pools that jobs may ask for. Those of a user and of all their groups count together; none at all means every pool. */
        readonly pools?: readonly string[] | undefined;
        /** The highest priority of jobs: a higher one is lowered to it. A user's own counts before those of groups, of which the highest counts; null sets none. */
        readonly maximumPriority?: number | null | undefined;
      };
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Changes a group; what is left out stays. Its users have the new rights within 30 seconds. Refuses rights that the caller does not have, before or after the change. Consoles hear `groups/changed`. */
  groupConfigure: {
    readonly input: {
      readonly group: {
        readonly name: string;
        readonly description?: string | undefined;
        /** What it allows. */
        readonly rights?:
          | readonly (
              | 'submit-for-others'
              | 'change-group-jobs'
              | 'change-all-jobs'
              | 'manage-nodes'
              | 'run-code'
              | 'manage-pools'
              | 'manage-repositories'
              | 'manage-templates'
              | 'manage-people'
              | 'manage-system'
              | 'manage-databases'
              | 'manage-archive'
              | 'manage-connections'
              | 'read-logs'
            )[]
          | undefined;
        /** Pools that jobs may ask for. Those of a user and of all their groups count together; none at all means every pool. */
        readonly pools?: readonly string[] | undefined;
        /** The highest priority of jobs: a higher one is lowered to it. A user's own counts before those of groups, of which the highest counts; null sets none. */
        readonly maximumPriority?: number | null | undefined;
      };
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Retrieves a group from its name. */
  groupGet: {
    readonly input: {
      readonly name: string;
    };
    readonly output: {
      readonly group: Group;
    };
  };
  /** Retrieves the groups page by page, by name. */
  groupGetList: {
    readonly input: {
      /** Most entries of a page, 1-1000. */
      readonly limit?: number | undefined;
      /** `nextPageToken` of the page before. */
      readonly pageToken?: string | undefined;
    };
    readonly output: {
      readonly groups: readonly Group[];
      readonly nextPageToken: string | null;
    };
  };
  /** Removes a group and takes its users out of it; they lose its rights within 30 seconds. Refuses a group with rights that the caller does not have. Consoles hear `groups/removed`. */
  groupRemove: {
    readonly input: {
      readonly name: string;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Adds a pool. One that so far only nodes name keeps them. Refuses a name that was added before, and a node that is not registered. Consoles hear `pools/added`, and `nodes/changed` of nodes that enter or leave it. */
  poolAdd: {
    readonly input: {
      readonly pool: {
        readonly name: string;
        readonly description?: string | undefined;
        /** Machines that nodeWake wakes with the pool although no node of theirs has registered. */
        readonly wakeAddresses?: readonly WakeAddress[] | undefined;
        /** Makes exactly these nodes, by their names, the nodes of the pool; left out, they stay as they are. */
        readonly nodes?: readonly string[] | undefined;
      };
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Changes a pool; what is left out stays. Refuses a pool that was not added and that no node names, and a node that is not registered. A node that is put into a pool or taken out stays so when it registers again, until its agent is started with other pools. Consoles hear `pools/changed`, and `nodes/changed` of nodes that enter or leave it. */
  poolConfigure: {
    readonly input: {
      readonly pool: {
        readonly name: string;
        readonly description?: string | undefined;
        /** Machines that nodeWake wakes with the pool although no node of theirs has registered. */
        readonly wakeAddresses?: readonly WakeAddress[] | undefined;
        /** Makes exactly these nodes, by their names, the nodes of the pool; left out, they stay as they are. */
        readonly nodes?: readonly string[] | undefined;
      };
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Retrieves a pool from its name. */
  poolGet: {
    readonly input: {
      readonly name: string;
    };
    readonly output: {
      readonly pool: Pool;
    };
  };
  /** Retrieves the pools page by page, by name: those that were added and those that only nodes name, so all that a job can ask for. */
  poolGetList: {
    readonly input: {
      /** Most entries of a page, 1-1000. */
      readonly limit?: number | undefined;
      /** `nextPageToken` of the page before. */
      readonly pageToken?: string | undefined;
    };
    readonly output: {
      readonly pools: readonly Pool[];
      readonly nextPageToken: string | null;
    };
  };
  /** Notifies all connected Consoles that pools have changed. Not needed for changes made here: each is told by itself. Consoles hear `pools/changed` with `refresh`. */
  poolNotifyChanges: {
    readonly input: {
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Takes all nodes out of a pool and removes it. Jobs that ask for it wait until there are nodes in a pool of that name again. Consoles hear `pools/removed`, and `nodes/changed` of its nodes. */
  poolRemove: {
    readonly input: {
      readonly name: string;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Adds a repository. Chunks that are handed out more than five seconds later have its paths substituted. Refuses a name that is taken. Consoles hear `repositories/added`. */
  repositoriesAdd: {
    readonly input: {
      readonly repository: {
        readonly name: string;
        readonly description?: string | undefined;
        /** Where it is on each platform; null where it cannot be reached. */
        readonly paths: {
          readonly linux: string | null;
          readonly darwin: string | null;
          readonly win32: string | null;
        };
      };
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Changes a repository; what is left out stays, and `paths` are given all together. Consoles hear `repositories/changed`. */
  repositoriesConfigure: {
    readonly input: {
      readonly repository: {
        readonly name: string;
        readonly description?: string | undefined;
        /** Where it is on each platform; null where it cannot be reached. */
        readonly paths?:
          | {
              readonly linux: string | null;
              readonly darwin: string | null;
              readonly win32: string | null;
            }
          | undefined;
      };
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Retrieves a repository from its name. */
  repositoriesGet: {
    readonly input: {
      readonly name: string;
    };
    readonly output: {
      readonly repository: Repository;
    };
  };
  /** Retrieves the repositories page by page, by name. */
  repositoriesGetList: {
    readonly input: {
      /** Most entries of a page, 1-1000. */
      readonly limit?: number | undefined;
      /** `nextPageToken` of the page before. */
      readonly pageToken?: string | undefined;
    };
    readonly output: {
      readonly repositories: readonly Repository[];
      readonly nextPageToken: string | null;
    };
  };
  /** Notifies all connected Consoles that repositories have changed. Not needed for changes made here: each is told by itself. Consoles hear `repositories/changed` with `refresh`. */
  repositoriesNotifyChanges: {
    readonly input: {
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Removes a repository: its paths stay as they are from then on. Consoles hear `repositories/removed`. */
  repositoriesRemove: {
    readonly input: {
      readonly name: string;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Retrieves a template from its id: its fields, checks and limits, and what was pushed when. */
  templateGet: {
    readonly input: {
      readonly id: number;
    };
    readonly output: {
      readonly template: Template;
    };
  };
  /** Retrieves the hooks that have failed, page by page in the order of their keys: those that are tried again, those that were given up, and those that answer a question. One that runs well leaves the list; each leaves it 14 days after it has failed last. */
  templateGetHookFailures: {
    readonly input: {
      /** Most entries of a page, 1-1000. */
      readonly limit?: number | undefined;
      /** `nextPageToken` of the page before. */
      readonly pageToken?: string | undefined;
    };
    readonly output: {
      readonly failures: readonly HookFailure[];
      readonly nextPageToken: string | null;
    };
  };
  /** Retrieves the templates page by page in the order of their ids: those of the project and those that were pushed. */
  templateGetList: {
    readonly input: {
      /** Most entries of a page, 1-1000. */
      readonly limit?: number | undefined;
      /** `nextPageToken` of the page before. */
      readonly pageToken?: string | undefined;
    };
    readonly output: {
      readonly templates: readonly {
        /** Id of a template, as in the reference: 43 is the generic command. */
        readonly id: number;
        readonly name: string;
        readonly description: string;
        /** Edition in force; null for a template of the project. */
        readonly edition: number | null;
      }[];
      readonly nextPageToken: string | null;
    };
  };
  /** Puts a new edition of a template in force, or a new template. Chunks that are handed out more than five seconds later are built by it. Takes a definition, perhaps with hooks in TypeScript, or a template in Python, whose functions run on the nodes and its hooks in the host of hooks. Refuses one with mistakes, and ids and names of the templates of the project. */
  templatePush: {
    readonly input: {
      /** A render engine that is a command line. */
      readonly definition?: EngineDefinition | undefined;
      /** Or a template in Python, described. */
      readonly python?: PythonSource | undefined;
      /** Hooks in TypeScript, beside a definition. */
      readonly typescript?: TypescriptSource | undefined;
      /** Checks the definition and pushes nothing. */
      readonly dryRun?: boolean | undefined;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** Null of a dry run. */
      readonly edition: number | null;
    };
  };
  /** Removes a pushed template with all editions. Its jobs wait until it is pushed again. Refuses templates of the project. */
  templateRemove: {
    readonly input: {
      /** Id of a template, as in the reference: 43 is the generic command. */
      readonly id: number;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Runs hooks again that were given up, under the keys that they had, behind whatever else waits for their jobs. Refuses one that answers a question: it is asked again by itself. */
  templateRetryHooks: {
    readonly input: {
      /** Of one failure; every hook that was given up if left out. */
      readonly key?: string | undefined;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** How many are run again. */
      readonly count: number;
    };
  };
  /** Puts an earlier edition of a pushed template in force again. Refuses when there is none. */
  templateRollBack: {
    readonly input: {
      /** Id of a template, as in the reference: 43 is the generic command. */
      readonly id: number;
      /** Edition to put in force; the one before if left out. */
      readonly edition?: number | undefined;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** Counts from 1 with each push. */
      readonly edition: number;
    };
  };
  /** Tells how many jobs the archive has, and from when to when they were backed up. */
  backupGetBoundaries: {
    readonly input: { readonly [name: string]: never };
    readonly output: {
      /** Entries in the archive. */
      readonly jobsCount: number;
      /** When the oldest of them was backed up. */
      readonly firstAt: string | null;
      /** When the newest of them was backed up. */
      readonly lastAt: string | null;
    };
  };
  /** Backs up a job, with all chunks and its history, or a folder by itself, into the archive. Jobs of some ten thousand chunks are ready with the answer; longer ones go on by themselves, and no entry is seen before it is whole and was read again. The same request, sent again, carries on what is under way. Refuses a job that is being rendered or could be: pause it, or wait for its end. An entry that is there and has to stay is refused too, unless it is of the job as it is now. It is for the owner of the job and for who has the right manage-archive. The queue does not change, so Consoles hear nothing. */
  backupJob: {
    readonly input: {
      /** Id of a job or folder. */
      readonly id: number;
      /** What happens to an entry of the job that is in the archive already: it stays and the backup is refused, it is overwritten, or another one is added. */
      readonly overwriteMode?: 'keep' | 'overwrite' | 'add' | undefined;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** Id of the entry in the archive. */
      readonly id: number;
      /** `started`: it goes on by itself; the same request, with its token, carries it on at once and tells when it is ready. */
      readonly result: 'ready' | 'started';
      /** Chunks of the job that is backed up; null until it is ready. */
      readonly jobChunkCount: number | null;
      /** Chunks that the archive has a record of so far: those that somebody has touched. The others are as the job says. */
      readonly chunkCount: number;
      /** Attempts of the history in the archive so far. */
      readonly attemptCount: number;
    };
  };
  /** Backs up a job, or an empty folder, into the archive and then deletes it from the queue, if nobody has changed it meanwhile. Jobs of some ten thousand chunks are ready with the answer; longer ones go on by themselves, and no entry is seen before it is whole and was read again. The same request, sent again, carries on what is under way. Refuses a job that is being rendered or could be: pause it, or wait for its end. An entry that is there and has to stay is refused too, unless it is of the job as it is now. It is for the owner of the job and for who has the right manage-archive. Consoles hear `jobs/removed`. */
  backupJobAndDelete: {
    readonly input: {
      /** Id of a job or folder. */
      readonly id: number;
      /** What happens to an entry of the job that is in the archive already: it stays and the backup is refused, it is overwritten, or another one is added. */
      readonly overwriteMode?: 'keep' | 'overwrite' | 'add' | undefined;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** Id of the entry in the archive. */
      readonly id: number;
      /** `started`: it goes on by itself; the same request, with its token, carries it on at once and tells when it is ready. */
      readonly result: 'ready' | 'started';
      /** Chunks of the job that is backed up; null until it is ready. */
      readonly jobChunkCount: number | null;
      /** Chunks that the archive has a record of so far: those that somebody has touched. The others are as the job says. */
      readonly chunkCount: number;
      /** Attempts of the history in the archive so far. */
      readonly attemptCount: number;
    };
  };
  /** Retrieves jobs of the archive page by page, those that were backed up last first. A page may hold fewer entries than asked for when a filter is given; the list ends where `nextPageToken` is null. */
  backupQuery: {
    readonly input: {
      /** Most entries of a page, 1-1000. */
      readonly limit?: number | undefined;
      /** `nextPageToken` of the page before. */
      readonly pageToken?: string | undefined;
      /** Only what was backed up at this time or later. */
      readonly from?: string | undefined;
      /** Only what was backed up at this time or earlier. */
      readonly to?: string | undefined;
      /** Only jobs whose name contains this, in upper or lower case. */
      readonly name?: string | undefined;
      /** Only jobs of this owner. */
      readonly owner?: string | undefined;
      /** Only jobs of this project. */
      readonly project?: string | undefined;
      /** Only jobs of this template. */
      readonly templateId?: number | undefined;
    };
    readonly output: {
      readonly jobs: readonly BackupJob[];
      readonly nextPageToken: string | null;
    };
  };
  /** Restores a job of the archive into the queue, as it was when it was backed up; it is in the queue once all of it is. A job that was deleted comes back under its own id; while it is in the queue, `duplicate-entry` makes another one with an id of its own, and without it the restore is refused. It is for the owner of the job and for who has the right manage-archive. The entry stays in the archive. Consoles hear `jobs/added`. */
  backupRestoreJob: {
    readonly input: {
      /** Id of the entry in the archive. */
      readonly id: number;
      /** `duplicate-entry` makes another job if this one is in the queue; `restore-parents` brings back the folders that it was in. */
      readonly actionMode?: readonly ('duplicate-entry' | 'restore-parents')[] | undefined;
      /** Id of a folder, -1 for the root, 0 for the folder that the job was in: the root if that is gone. */
      readonly newParentId?: 0 | -1 | number | undefined;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** Id of the job in the queue. */
      readonly id: number;
      /** `started`: it goes on by itself; the same request, with its token, carries it on at once and tells when it is ready. */
      readonly result: 'ready' | 'started';
      /** Chunks put back so far. */
      readonly chunkCount: number;
      /** Attempts of the history put back so far. */
      readonly attemptCount: number;
    };
  };
  /** Waits until everything that goes into a backup is there, history too; a backup itself is written when it is answered. Nothing has to be flushed to be safe: what was answered is written. After 20 seconds it gives up. */
  dbBackupFlush: {
    readonly input: {
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Clears the attempts that ended between two times, both included, from history; jobs and chunks stay as they are. What is too much for one call is cleared in steps within the next minutes. The same call again does no harm. */
  dbClearHistoryBounds: {
    readonly input: {
      /** From this time on; null is from the beginning. */
      readonly start: string | null;
      /** To this time, which is included; null is to now. */
      readonly end: string | null;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** Samples that this call has removed. */
      readonly removedCount: number;
      /** What is still to be cleared, and will be within minutes by itself; null if nothing is left. */
      readonly remaining: {
        /** UTC time, ISO 8601 with milliseconds. */
        readonly start: string;
        /** UTC time, ISO 8601 with milliseconds. */
        readonly end: string;
      } | null;
    };
  };
  /** Clears the samples of statistics between two times, both included. If the last sample is among them, counters begin anew with the next. The same call again does no harm. */
  dbClearStatisticsBounds: {
    readonly input: {
      /** From this time on; null is from the beginning. */
      readonly start: string | null;
      /** To this time, which is included; null is to now. */
      readonly end: string | null;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** Samples that this call has removed. */
      readonly removedCount: number;
      /** What is still to be cleared, and will be within minutes by itself; null if nothing is left. */
      readonly remaining: {
        /** UTC time, ISO 8601 with milliseconds. */
        readonly start: string;
        /** UTC time, ISO 8601 with milliseconds. */
        readonly end: string;
      } | null;
    };
  };
  /** Retrieves the queue as standard SQL: jobs, their attributes and chunks; pools, users, groups and repositories for reading along. There are no passwords and no tokens in it. What changes meanwhile may be in it or not, job by job. */
  dbExportQueueSQL: {
    readonly input: { readonly [name: string]: never };
    readonly output: {
      /** The text; null if it has more than 4 MB. */
      readonly sql: string | null;
      /** Link to the text, packed by gzip and good for five minutes; null if the text is here. */
      readonly url: string | null;
      /** Jobs and folders in it. */
      readonly jobCount: number;
      /** Chunks in it: those that were touched, of the present generation. */
      readonly chunkCount: number;
    };
  };
  /** Waits until everything that was written to the queue before has come through the change feed: whatever follows from it has been done or is in a queue. Nothing has to be flushed to be safe: what was answered is written. After 20 seconds it gives up. */
  dbFlush: {
    readonly input: {
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Tells when the first and the last attempt in history ended, and how many attempts there are. It counts all of them, which costs an eighth of a read unit for each KB of keys. */
  dbGetHistoryBounds: {
    readonly input: { readonly [name: string]: never };
    readonly output: {
      /** Time of the first; null if there is none. */
      readonly start: string | null;
      /** Time of the last; null if there is none. */
      readonly end: string | null;
      readonly sampleCount: number;
      /** False if there are more than could be counted within fifteen seconds: sampleCount is how far the count came. */
      readonly isComplete: boolean;
    };
  };
  /** Retrieves samples of the statistics page by page, in the order of time. Counters only grow until they are restarted, so the difference of two samples says what was done between them. What ended in the last minute is not counted yet; what begins and ends between two minutes of an idle farm is counted within the hour. */
  dbGetStatistics: {
    readonly input: {
      /** From this time on. */
      readonly start?: string | undefined;
      /** To this time, which is included. */
      readonly end?: string | undefined;
      /** Most entries of a page, 1-1000. */
      readonly limit?: number | undefined;
      /** `nextPageToken` of the page before. */
      readonly pageToken?: string | undefined;
    };
    readonly output: {
      readonly samples: readonly StatisticsSample[];
      readonly nextPageToken: string | null;
    };
  };
  /** Tells from when to when there are samples of statistics, and how many. There is one for each minute of the last two days in which something happened, and one an hour before and between. */
  dbGetStatisticsBounds: {
    readonly input: { readonly [name: string]: never };
    readonly output: {
      /** Time of the first; null if there is none. */
      readonly start: string | null;
      /** Time of the last; null if there is none. */
      readonly end: string | null;
      readonly sampleCount: number;
      /** False if there are more than could be counted within fifteen seconds: sampleCount is how far the count came. */
      readonly isComplete: boolean;
    };
  };
  /** Waits until every attempt that has ended before this call is in history. Nothing has to be flushed to be safe: what was answered is written. After 20 seconds it gives up. */
  dbHistoryFlush: {
    readonly input: {
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Replaces the queue by that of a text of SQL, such as dbExportQueueSQL gives: jobs that are in the text take the place of those that have their ids, all others are deleted. The text is read apart from everything, may make tables and rows and nothing else, and is checked as a whole before anything changes. Then the engine stands still, calls that read or change the queue are refused with `queue-importing`, and what was there is exported; it takes half a minute at least. Chunks that were running wait again. Users, groups, pools and repositories of the text are checked and left as they are. Consoles hear of each job. */
  dbImportQueueSQL: {
    readonly input: {
      /** The text, if the body of the request has no more than 4 MB with it. */
      readonly sql?: string | undefined;
      /** The text that was uploaded, in the place of `sql`; no more than 64 MB unpacked. */
      readonly uploadId?: string | undefined;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** Names this import in the activity log. */
      readonly importId: string;
      /** `started`: it goes on by itself; the same request, with its token, carries it on at once and tells when it is ready. */
      readonly result: 'ready' | 'started';
      /** Jobs and folders in the text. */
      readonly jobCount: number;
      /** Chunks in the text. */
      readonly chunkCount: number;
      /** Jobs and folders of the text that are in the queue so far. */
      readonly doneCount: number;
      /** Blob with the queue that was there before, as SQL packed by gzip; null until it is written. */
      readonly exportName: string | null;
      /** Link to it, good for five minutes. */
      readonly exportUrl: string | null;
    };
  };
  /** Gives a link under which a text of SQL is uploaded that is too long for dbImportQueueSQL. Nothing changes by that; what is not imported is removed after a week. */
  dbImportUploadLink: {
    readonly input: {
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** To be given to dbImportQueueSQL. */
      readonly uploadId: string;
      /** Link under which the text, packed by gzip, is uploaded with PUT and the content type application/gzip; good for five minutes. */
      readonly url: string;
      /** The largest upload, packed. */
      readonly maximumBytes: number;
    };
  };
  /** Retrieves an action log page by page: every call that was to change something, by whom, from which address, and what came of it. A page may hold fewer lines than asked for when something is searched. */
  systemGetActionLog: {
    readonly input: {
      /** Name of the log. */
      readonly name: string;
      /** Only lines with this text, in either case. */
      readonly text?: string | undefined;
      /** Only lines of this user. */
      readonly user?: string | undefined;
      /** Only lines of this operation or event. */
      readonly operation?: string | undefined;
      /** Only lines of this time and later. */
      readonly from?: string | undefined;
      /** Only lines of this time and earlier. */
      readonly to?: string | undefined;
      /** Most entries of a page, 1-1000. */
      readonly limit?: number | undefined;
      /** `nextPageToken` of the page before. */
      readonly pageToken?: string | undefined;
    };
    readonly output: {
      /** Lines, oldest first: time, user or -, operation or event, and the rest. */
      readonly text: string;
      readonly nextPageToken: string | null;
    };
  };
  /** Retrieves the names of the action logs, one a day in UTC. */
  systemGetActionLogsList: {
    readonly input: { readonly [name: string]: never };
    readonly output: {
      /** Newest first. */
      readonly names: readonly string[];
    };
  };
  /** Retrieves an activity log page by page: what the dispatcher did and why. A page may hold fewer lines than asked for when something is searched. */
  systemGetActivityLog: {
    readonly input: {
      /** Name of the log. */
      readonly name: string;
      /** Only lines with this text, in either case. */
      readonly text?: string | undefined;
      /** Only lines of this user. */
      readonly user?: string | undefined;
      /** Only lines of this operation or event. */
      readonly operation?: string | undefined;
      /** Only lines of this time and later. */
      readonly from?: string | undefined;
      /** Only lines of this time and earlier. */
      readonly to?: string | undefined;
      /** Most entries of a page, 1-1000. */
      readonly limit?: number | undefined;
      /** `nextPageToken` of the page before. */
      readonly pageToken?: string | undefined;
    };
    readonly output: {
      /** Lines, oldest first: time, user or -, operation or event, and the rest. */
      readonly text: string;
      readonly nextPageToken: string | null;
    };
  };
  /** Retrieves the names of the activity logs, one a day in UTC. */
  systemGetActivityLogsList: {
    readonly input: { readonly [name: string]: never };
    readonly output: {
      /** Newest first. */
      readonly names: readonly string[];
    };
  };
  /** Retrieves the settings of the farm that count now, and which of them the next soft restart drops. */
  systemGetConfiguration: {
    readonly input: { readonly [name: string]: never };
    readonly output: {
      readonly configuration: Configuration;
      /** Names of the settings that hold until the next soft restart only. */
      readonly temporary: readonly string[];
    };
  };
  /** Retrieves how the directory of users is asked, without the password. */
  systemGetLDAPConfiguration: {
    readonly input: { readonly [name: string]: never };
    readonly output: {
      readonly configuration: LdapConfiguration;
    };
  };
  /** Retrieves the outcome of the last scan of the nodes, node by node in the order of their ids: whether it has answered, is awaited still, or is silent. A page may hold fewer entries than asked for when a filter is given. */
  systemGetNodesNetworkScan: {
    readonly input: {
      /** Most entries of a page, 1-1000. */
      readonly limit?: number | undefined;
      /** `nextPageToken` of the page before. */
      readonly pageToken?: string | undefined;
      /** Only nodes that have answered so. */
      readonly answer?: 'answered' | 'awaited' | 'silent' | undefined;
    };
    readonly output: {
      readonly scan: NodesScan;
      readonly nodes: readonly {
        /** Id of a node. */
        readonly id: number;
        readonly name: string;
        readonly status: 'offline' | 'idle' | 'working' | 'paused';
        readonly lastSeenAt: string | null;
        readonly answer: 'answered' | 'awaited' | 'silent';
      }[];
      readonly nextPageToken: string | null;
    };
  };
  /** Retrieves how users log in by a provider of identities, without the client secret. */
  systemGetOIDCConfiguration: {
    readonly input: { readonly [name: string]: never };
    readonly output: {
      readonly configuration: OidcConfiguration;
    };
  };
  /** Tells whether the selection engine is running. */
  systemQueryEngineStatus: {
    readonly input: { readonly [name: string]: never };
    readonly output: {
      /** Whether the engine hands out chunks. */
      readonly running: boolean;
    };
  };
  /** Removes an action log. Nobody sees its lines any more; the tick deletes them in steps. Of the log of today lines that are written later stay. */
  systemRemoveActionLog: {
    readonly input: {
      /** Name of the log. */
      readonly name: string;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Removes an activity log. Nobody sees its lines any more; the tick deletes them in steps. Of the log of today lines that are written later stay. */
  systemRemoveActivityLog: {
    readonly input: {
      /** Name of the log. */
      readonly name: string;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Restarts the counters of the statistics: samples from now on count from this moment. Samples that were taken before keep theirs. */
  systemResetStatisticsCounters: {
    readonly input: {
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Runs a script where the hooks of templates run, in its own process with the whole API at hand, and answers when it has ended. It calls the dispatcher as `script <file>`, with every right but over who may log in. Only administrators may. Refuses a request that comes again while the script runs. */
  systemRunScript: {
    readonly input: {
      readonly language: 'python' | 'typescript';
      /** Name of the file, which its errors are told with. */
      readonly file: string;
      /** Text of the file. One of TypeScript has its types stripped and exports a function by default. */
      readonly source: string;
      /** When it is killed. A longer one would not be answered: the API gives up after half a minute. */
      readonly seconds?: number | undefined;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** What it printed: the last 64 KB. */
      readonly output: string;
      /** null if it came to its end. */
      readonly failure: {
        readonly reason: 'threw' | 'timed-out' | 'crashed' | 'out-of-memory';
        readonly message: string;
      } | null;
    };
  };
  /** Sets settings of the farm; what is left out stays. Refuses settings that do not fit each other, and a version that is not the present one unless the settings are as wished already. Permanent values take the place of temporary ones of the same name. Takes effect within five seconds everywhere. Consoles hear `system/changed`. */
  systemSetConfiguration: {
    readonly input: {
      readonly configuration: {
        /** Whether chunks are handed out. */
        readonly engineRunning?: boolean | undefined;
        /** Lease of a node that works. */
        readonly busyLeaseSeconds?: number | undefined;
        /** Heartbeat of a node that works. */
        readonly busyHeartbeatSeconds?: number | undefined;
        /** Lease of an idle node. */
        readonly idleLeaseSeconds?: number | undefined;
        /** Heartbeat of an idle node. */
        readonly idleHeartbeatSeconds?: number | undefined;
        /** Time for a node to accept a pushed chunk. */
        readonly acceptSeconds?: number | undefined;
        /** Limit of a chunk; 0 is none. */
        readonly chunkTimeoutSeconds?: number | undefined;
        /** How often a failed or lost chunk is tried again. */
        readonly maximumChunksRequeue?: number | undefined;
        /** Failures of one job's chunks in a row that exclude a node from the job; 0 never does. */
        readonly failuresExcludeJob?: number | undefined;
        /** Different jobs of a template that fail in a row and exclude a node from the template; 0 never does. */
        readonly jobsExcludeTemplate?: number | undefined;
        /** Days that attempts are kept. */
        readonly historyDays?: number | undefined;
        /** Days that lines of the activity and action logs are kept. */
        readonly logDays?: number | undefined;
        /** Whether every render process is given the variables MUSTER_… of its job; those of templates in Python always are. */
        readonly exportsJobVariables?: boolean | undefined;
        /** Time for a hook that somebody waits for. */
        readonly hookSeconds?: number | undefined;
        /** Whether a job is submitted although a hook that should have been asked gave no answer. */
        readonly failedHooksPass?: boolean | undefined;
        /** Of the settings that you have read; others were not seen by you. */
        readonly version: number;
      };
      /** true keeps the settings; false sets them until the next systemSoftRestart. */
      readonly store?: boolean | undefined;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** Grows with each change of the settings. */
      readonly version: number;
    };
  };
  /** Changes how the directory of users is asked; what is left out stays. It counts within five seconds everywhere. Only administrators may, since who chooses the directory decides who everybody is. Refuses servers without TLS beyond this machine, and a group that does not exist. */
  systemSetLDAPConfiguration: {
    readonly input: {
      readonly configuration: {
        /** Whether users of the directory may log in. */
        readonly enabled?: boolean | undefined;
        /** Servers, asked in this order until one answers: `ldaps://HOST:PORT`, or `ldap://HOST:PORT` with StartTLS. Without TLS only loopback addresses. */
        readonly urls?: readonly string[] | undefined;
        /** Whether a connection by `ldap://` is encrypted before anything is said. */
        readonly startTls?: boolean | undefined;
        /** Certificates in PEM that servers are trusted by; null for those that are publicly trusted. */
        readonly caCertificate?: string | null | undefined;
        /** Who searches; empty searches anonymously. */
        readonly bindDn?: string | undefined;
        /** Where users are. */
        readonly baseDn?: string | undefined;
        /** Finds a user: `{name}` stands for the name that was given, and for `*` where users are listed. */
        readonly userFilter?: string | undefined;
        /** Attribute with the name that a user has here: `uid`, in Active Directory `sAMAccountName`. */
        readonly nameAttribute?: string | undefined;
        /** Where groups are; empty for the same place as users. */
        readonly groupBaseDn?: string | undefined;
        /** Finds the groups of a user: `{dn}` stands for the distinguished name of the user, `{name}` for their name. */
        readonly groupFilter?: string | undefined;
        /** Groups that users of the directory are in, set anew at each login. */
        readonly groups?:
          | readonly {
              /** Distinguished name of a group of the directory. */
              readonly directoryGroup: string;
              /** Group that its members are in here. */
              readonly group: string;
            }[]
          | undefined;
        /** Who is asked first for a name and password: the users of the farm or the directory. The other one is asked if that does not know them. */
        readonly order?: 'local-first' | 'directory-first' | undefined;
        /** How long the directory has to answer all that is asked for a login, 1-8. */
        readonly timeoutSeconds?: number | undefined;
        /** Password of `bindDn`; null for none. It is kept apart from all other data and never shown. */
        readonly bindPassword?: string | null | undefined;
      };
      /** Whether they are stored; otherwise they count until the next soft restart. */
      readonly store?: boolean | undefined;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Changes how users log in by a provider of identities; what is left out stays. It counts within five seconds everywhere. Only administrators may, since who chooses the provider decides who everybody is. Refuses a provider without TLS beyond this machine, and a group that does not exist. */
  systemSetOIDCConfiguration: {
    readonly input: {
      readonly configuration: {
        /** Whether users of the provider may log in. */
        readonly enabled?: boolean | undefined;
        /** The provider: what it calls itself. Only loopback addresses may go without TLS. */
        readonly issuer?: string | undefined;
        /** What the provider knows Rollcall as. */
        readonly clientId?: string | undefined;
        /** What is asked for; `openid` is a must. */
        readonly scopes?: readonly string[] | undefined;
        /** Claim with the name that a user has here. Nobody may choose it for themselves at the provider. */
        readonly nameClaim?: string | undefined;
        /** Claim with the groups of a user. */
        readonly groupsClaim?: string | undefined;
        /** Groups that users of the provider are in, set anew at each login. */
        readonly groups?:
          | readonly {
              /** Group as the claim names it. */
              readonly providerGroup: string;
              /** Group that its members are in here. */
              readonly group: string;
            }[]
          | undefined;
        /** Where browsers may be sent back to, besides loopback addresses with any port, which the command line uses. */
        readonly returnAddresses?: readonly string[] | undefined;
        /** Secret that the provider knows Rollcall by; null for none. It is kept apart from all other data and never shown. */
        readonly clientSecret?: string | null | undefined;
      };
      /** Whether they are stored; otherwise they count until the next soft restart. */
      readonly store?: boolean | undefined;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Restarts the dispatcher softly: temporary settings are dropped, and every node registers again, one that works after its chunk. Nothing that runs is stopped and nothing is lost; nodes that are offline learn of it when they come back. Consoles hear `system/changed`. */
  systemSoftRestart: {
    readonly input: {
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Starts a scan of the nodes: every registered node is asked to answer, and machines of those that are offline are woken where a live node of their subnet can. A scan takes the place of the one before. systemGetNodesNetworkScan tells who has answered and who is silent. */
  systemStartNodesNetworkScan: {
    readonly input: {
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** UTC time, ISO 8601 with milliseconds. */
      readonly startedAt: string;
      /** Until then answers are awaited. */
      readonly answerBy: string;
    };
  };
  /** Stops the selection engine if it runs and starts it if it does not, for good. While it is stopped no chunk is handed out; those that run go on. It takes effect within five seconds everywhere. Consoles hear `system/changed`. */
  systemSwapEngineStatus: {
    readonly input: {
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: {
      /** Whether the engine hands out chunks. */
      readonly running: boolean;
    };
  };
  /** Adds a message to the dispatcher's internal log, with the caller's name: a line `internal-message` of the activity log of the day. */
  logAddInternalMessage: {
    readonly input: {
      /** One line; line breaks become spaces. */
      readonly message: string;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Adds a message to the dispatcher's log, with the caller's name: a line `message` of the activity log of the day. */
  logAddMessage: {
    readonly input: {
      /** One line; line breaks become spaces. */
      readonly message: string;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Clears the live log. The logs of the days stay as they are. */
  logClear: {
    readonly input: {
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Retrieves the live log: the last lines of the activity log since logClear. */
  logGetList: {
    readonly input: {
      /** Most entries of a page, 1-1000. */
      readonly limit?: number | undefined;
    };
    readonly output: {
      /** Oldest first. */
      readonly lines: readonly string[];
    };
  };
  /** Gives a token to a user who knows the password, be they of the farm or of its directory, where they are `@directory@` and their name. While the directory does not answer, users of the farm log in and others are told so. Refuses further tries for up to 15 minutes after 10 failures for a name from one address, or 100 for a name or from an address. */
  login: {
    readonly input: {
      readonly name: string;
      readonly password: string;
      /** How long the token is good, 1-720. */
      readonly hours?: number | undefined;
      /** Whether only users of the farm are meant, although it has a directory of users. */
      readonly skipDirectory?: boolean | undefined;
    };
    readonly output: {
      /** Send it as `Authorization: Bearer TOKEN`. It is told this once. */
      readonly token: string;
      /** UTC time, ISO 8601 with milliseconds. */
      readonly expiresAt: string;
    };
  };
  /** Revokes the token of this call. Processes that have seen it may believe it for 30 seconds more. */
  logout: {
    readonly input: { readonly [name: string]: never };
    readonly output: { readonly [name: string]: never };
  };
  /** Begins a login by the provider of identities of the farm: tells where to go with a browser, which comes back to the return address within ten minutes. Refuses return addresses that are not allowed. */
  oidcLoginBegin: {
    readonly input: {
      /** Where the provider sends the browser back to: an address on this machine with any port, or one of the settings. */
      readonly returnAddress: string;
    };
    readonly output: {
      /** Where to go with a browser. */
      readonly address: string;
      /** Secret of this login: keep it where others do not read it, and end the login with it. */
      readonly state: string;
    };
  };
  /** Gives a token to a user who has come back from the provider of identities, and makes the user `@sso@` and their name with the first one; whoever gets that name at the provider later is refused until that user is removed here. Their groups follow the provider. A login is ended once: repeated, and more than ten minutes after it was begun, it is refused. */
  oidcLoginFinish: {
    readonly input: {
      /** Secret of this login: keep it where others do not read it, and end the login with it. */
      readonly state: string;
      /** What the address that the browser has come back to has after its question mark. */
      readonly callback: string;
      /** How long the token is good, 1-720. */
      readonly hours?: number | undefined;
    };
    readonly output: {
      /** Send it as `Authorization: Bearer TOKEN`. It is told this once. */
      readonly token: string;
      /** UTC time, ISO 8601 with milliseconds. */
      readonly expiresAt: string;
    };
  };
  /** Changes the caller's own password, which voids all of the caller's tokens, and gives a new one. Refuses users of a directory, whose password is there. */
  passwordChange: {
    readonly input: {
      readonly password: string;
      readonly newPassword: string;
    };
    readonly output: {
      /** Send it as `Authorization: Bearer TOKEN`. It is told this once. */
      readonly token: string;
      /** UTC time, ISO 8601 with milliseconds. */
      readonly expiresAt: string;
    };
  };
  /** Makes a long-lived token, for a pipeline or for nodes that join. Refuses one for a user with more rights than the caller. Each call makes another one; one whose answer was lost is in tokenGetList and can be revoked. */
  tokenAdd: {
    readonly input: {
      /** `join` for tokens that nodes register with; they need the right manage-nodes. */
      readonly kind?: 'user' | 'join' | undefined;
      /** Whose; left out, the caller. Those of others need the right manage-people. */
      readonly user?: string | undefined;
      /** What it is for. */
      readonly description: string;
      /** How long it is good, 1-3650; null until it is revoked. */
      readonly days: number | null;
    };
    readonly output: {
      readonly id: string;
      /** Send it as `Authorization: Bearer TOKEN`. It is told this once. */
      readonly token: string;
      /** null for one that is good until it is revoked. */
      readonly expiresAt: string | null;
    };
  };
  /** Lists the tokens of a user which are still good, those of logins included, or those that nodes join with. */
  tokenGetList: {
    readonly input: {
      /** `join` for tokens that nodes register with; they need the right manage-nodes. */
      readonly kind?: 'user' | 'join' | undefined;
      /** Whose; left out, the caller. Those of others need the right manage-people. */
      readonly user?: string | undefined;
    };
    readonly output: {
      readonly tokens: readonly Token[];
    };
  };
  /** Revokes a token: it is refused within 30 seconds. Refuses that of a user with more rights than the caller. */
  tokenRevoke: {
    readonly input: {
      /** `join` for tokens that nodes register with; they need the right manage-nodes. */
      readonly kind?: 'user' | 'join' | undefined;
      /** Whose; left out, the caller. Those of others need the right manage-people. */
      readonly user?: string | undefined;
      readonly id: string;
      /** Chosen by the caller; repeating a request with the same token has the effect of one. Kept for a day. */
      readonly requestToken?: string | undefined;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Tells whose token this is, and what they may do, groups included. */
  whoAmI: {
    readonly input: { readonly [name: string]: never };
    readonly output: {
      readonly name: string;
      /** Has every right and no limits. */
      readonly isAdmin: boolean;
      /** Groups that the user is in. */
      readonly groups: readonly string[];
      /** What it allows. */
      readonly rights: readonly (
        | 'submit-for-others'
        | 'change-group-jobs'
        | 'change-all-jobs'
        | 'manage-nodes'
        | 'run-code'
        | 'manage-pools'
        | 'manage-repositories'
        | 'manage-templates'
        | 'manage-people'
        | 'manage-system'
        | 'manage-databases'
        | 'manage-archive'
        | 'manage-connections'
        | 'read-logs'
      )[];
      /** Pools that jobs may ask for. Those of a user and of all their groups count together; none at all means every pool. */
      readonly pools: readonly string[];
      /** The highest priority of jobs: a higher one is lowered to it. A user's own counts before those of groups, of which the highest counts; null sets none. */
      readonly maximumPriority: number | null;
    };
  };
  /** Says what became of a command; it is given no more. The answer is kept for a day. */
  nodeAnswerCommand: {
    readonly input: {
      /** Session that nodeRegister opened. */
      readonly session: string;
      /** Id that the command got when it was sent. */
      readonly commandId: string;
      readonly ok: boolean;
      /** Of the program that was run; null if none was or it was killed. */
      readonly exitCode: number | null;
      /** What the program wrote, or why the command was not carried out. */
      readonly output: string;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Asks for work. A node that holds a chunk already is answered with that one, so a lost answer is no loss. Without work for it the node becomes idle and is woken through its mailbox. */
  nodeClaim: {
    readonly input: {
      /** Session that nodeRegister opened. */
      readonly session: string;
      /** Token of the attempt that the node runs, null if it runs none. */
      readonly attemptToken: string | null;
    };
    readonly output: {
      /** The chunk to run, null if there is none now. */
      readonly work: WorkOrder | null;
      readonly desired: DesiredState;
    };
  };
  /** Retrieves the commands that wait for the node. One is given until it is answered, so a node notes which it has begun and begins none twice. */
  nodeFetchCommands: {
    readonly input: {
      /** Session that nodeRegister opened. */
      readonly session: string;
    };
    readonly output: {
      /** Oldest first. */
      readonly commands: readonly {
        /** Id that the command got when it was sent. */
        readonly commandId: string;
        readonly command: Command;
      }[];
    };
  };
  /** Says that the node lives, renews its lease and returns its desired state. Accepts a pushed chunk. */
  nodeHeartbeat: {
    readonly input: {
      /** Session that nodeRegister opened. */
      readonly session: string;
      readonly attemptToken: string | null;
      readonly progress?: number | undefined;
      readonly load: {
        /** Processor load in percent. */
        readonly cpu: number;
        readonly freeMemoryMb: number;
        readonly freeDiskMb: number;
      };
    };
    readonly output: {
      readonly desired: DesiredState;
      /** A chunk was pushed to the node: call nodeClaim. */
      readonly hasWork: boolean;
    };
  };
  /** Ends the session on purpose: a chunk that the node still holds goes back into the queue without penalty, and the node is offline. */
  nodeLeave: {
    readonly input: {
      /** Session that nodeRegister opened. */
      readonly session: string;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Gives credentials that can receive from and delete in the node's own mailbox, and nothing else, for an hour at most. */
  nodeMailboxCredentials: {
    readonly input: {
      /** Session that nodeRegister opened. */
      readonly session: string;
    };
    readonly output: {
      readonly queueUrl: string;
      /** Endpoint of the queue service, null for the region’s own. */
      readonly endpoint: string | null;
      readonly region: string;
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
      readonly sessionToken: string;
      /** Ask again before. */
      readonly expiresAt: string;
    };
  };
  /** Registers a node, or opens a new session for one that is known. The former session is over and its chunk goes back into the queue. Refuses the name of a live node with another secret. Consoles hear `nodes/added` or `nodes/changed`. */
  nodeRegister: {
    readonly input: {
      readonly name: string;
      /** Chosen by the node and kept by it: proves later that it is the same. */
      readonly secret: string;
      readonly pools?: readonly string[] | undefined;
      readonly capabilities: Capabilities;
    };
    readonly output: {
      /** Id of a node. */
      readonly nodeId: number;
      /** Session that nodeRegister opened. */
      readonly session: string;
      /** The node's own token for all further calls. */
      readonly token: string;
      readonly desired: DesiredState;
    };
  };
  /** Ends the attempt that the node ran and, if it wants, hands it the next chunk in the same answer. May be repeated until it is answered: a chunk is ended once. A report for a chunk that is not the node's any more is refused and changes nothing. */
  nodeReport: {
    readonly input: {
      /** Session that nodeRegister opened. */
      readonly session: string;
      /** The attempt that ended, as the work order named it. */
      readonly attempt: AssignmentKey;
      readonly outcome: 'completed' | 'warning' | 'failed' | 'timed-out' | 'interrupted';
      readonly exitCode: number | null;
      readonly message?: string | undefined;
      readonly cpuSeconds?: number | undefined;
      readonly peakMemoryMb?: number | undefined;
      /** Of an attempt that was interrupted: its program got no licence. The whole job waits for some minutes. */
      readonly lacksLicence?: boolean | undefined;
      /** Whether the node takes another chunk right away. */
      readonly wantsNext: boolean;
    };
    readonly output: {
      /** The chunk to run, null if there is none now. */
      readonly work: WorkOrder | null;
      readonly desired: DesiredState;
    };
  };
  /** Passes on what the process has written since, while the real-time log of the node is on. What is sent twice is kept once. */
  nodeSendLog: {
    readonly input: {
      /** Session that nodeRegister opened. */
      readonly session: string;
      /** The attempt that this node runs. */
      readonly attempt: AssignmentKey;
      /** Characters of output before this text. */
      readonly offset: number;
      readonly text: string;
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Takes note of what the machine is and does, measured afresh. Consoles hear `nodes/changed`. */
  nodeUpdate: {
    readonly input: {
      /** Session that nodeRegister opened. */
      readonly session: string;
      readonly capabilities: Capabilities;
      readonly load: {
        /** Processor load in percent. */
        readonly cpu: number;
        readonly freeMemoryMb: number;
        readonly freeDiskMb: number;
      };
    };
    readonly output: { readonly [name: string]: never };
  };
  /** Gives a link under which the output of one attempt is uploaded, and another one for its picture. Refuses an attempt that is not this node's. */
  nodeUploadLog: {
    readonly input: {
      /** Session that nodeRegister opened. */
      readonly session: string;
      /** An attempt that this node runs or ran. */
      readonly attempt: AssignmentKey;
      /** Whether there is a picture of its last frame to upload as well. */
      readonly hasThumbnail?: boolean | undefined;
    };
    readonly output: {
      /** Send the text with PUT, `Content-Type: text/plain; charset=utf-8`. */
      readonly url: string;
      readonly maximumBytes: number;
      readonly thumbnail?:
        | {
            /** Send the picture with PUT, `Content-Type: image/jpeg`. */
            readonly url: string;
            readonly maximumBytes: number;
          }
        | undefined;
    };
  };
}

export const routes: {
  readonly [N in keyof Operations]: {
    readonly method: 'GET' | 'POST';
    readonly path: string;
    readonly takesRequestToken: boolean;
  };
} = {
  jobAddFolder: { method: 'POST', path: '/v1/jobs/jobAddFolder', takesRequestToken: true },
  jobDelete: { method: 'POST', path: '/v1/jobs/jobDelete', takesRequestToken: true },
  jobEdit: { method: 'POST', path: '/v1/jobs/jobEdit', takesRequestToken: true },
  jobExplain: { method: 'GET', path: '/v1/jobs/jobExplain', takesRequestToken: false },
  jobGet: { method: 'GET', path: '/v1/jobs/jobGet', takesRequestToken: false },
  jobGetList: { method: 'GET', path: '/v1/jobs/jobGetList', takesRequestToken: false },
  jobReinit: { method: 'POST', path: '/v1/jobs/jobReinit', takesRequestToken: true },
  jobReparent: { method: 'POST', path: '/v1/jobs/jobReparent', takesRequestToken: true },
  jobSubmit: { method: 'POST', path: '/v1/jobs/jobSubmit', takesRequestToken: true },
  jobUpdate: { method: 'POST', path: '/v1/jobs/jobUpdate', takesRequestToken: true },
  jobUpdateStatus: { method: 'POST', path: '/v1/jobs/jobUpdateStatus', takesRequestToken: true },
  chunkGet: { method: 'GET', path: '/v1/chunks/chunkGet', takesRequestToken: false },
  chunkGetHistory: { method: 'GET', path: '/v1/chunks/chunkGetHistory', takesRequestToken: false },
  chunkGetList: { method: 'GET', path: '/v1/chunks/chunkGetList', takesRequestToken: false },
  chunkGetLiveLog: { method: 'GET', path: '/v1/chunks/chunkGetLiveLog', takesRequestToken: false },
  chunkGetLog: { method: 'GET', path: '/v1/chunks/chunkGetLog', takesRequestToken: false },
  chunkGetThumbnail: { method: 'GET', path: '/v1/chunks/chunkGetThumbnail', takesRequestToken: false },
  chunkSetStatus: { method: 'POST', path: '/v1/chunks/chunkSetStatus', takesRequestToken: true },
  nodeForceUpdate: { method: 'POST', path: '/v1/nodes/nodeForceUpdate', takesRequestToken: true },
  nodeGet: { method: 'GET', path: '/v1/nodes/nodeGet', takesRequestToken: false },
  nodeGetByName: { method: 'GET', path: '/v1/nodes/nodeGetByName', takesRequestToken: false },
  nodeGetCommandAnswer: { method: 'GET', path: '/v1/nodes/nodeGetCommandAnswer', takesRequestToken: false },
  nodeGetList: { method: 'GET', path: '/v1/nodes/nodeGetList', takesRequestToken: false },
  nodeKillAndGoOnNodesWorkingOnJob: {
    method: 'POST',
    path: '/v1/nodes/nodeKillAndGoOnNodesWorkingOnJob',
    takesRequestToken: true,
  },
  nodeKillAndPauseNodesWorkingOnJob: {
    method: 'POST',
    path: '/v1/nodes/nodeKillAndPauseNodesWorkingOnJob',
    takesRequestToken: true,
  },
  nodeKillAndRedoNodesWorkingOnJob: {
    method: 'POST',
    path: '/v1/nodes/nodeKillAndRedoNodesWorkingOnJob',
    takesRequestToken: true,
  },
  nodeKillProcess: { method: 'POST', path: '/v1/nodes/nodeKillProcess', takesRequestToken: true },
  nodeKillProcessAndPause: {
    method: 'POST',
    path: '/v1/nodes/nodeKillProcessAndPause',
    takesRequestToken: true,
  },
  nodeKillProcessAndRestart: {
    method: 'POST',
    path: '/v1/nodes/nodeKillProcessAndRestart',
    takesRequestToken: true,
  },
  nodePause: { method: 'POST', path: '/v1/nodes/nodePause', takesRequestToken: true },
  nodePurgeJobsExclusions: {
    method: 'POST',
    path: '/v1/nodes/nodePurgeJobsExclusions',
    takesRequestToken: true,
  },
  nodePurgeTemplatesExclusion: {
    method: 'POST',
    path: '/v1/nodes/nodePurgeTemplatesExclusion',
    takesRequestToken: true,
  },
  nodeRemoveRegistration: {
    method: 'POST',
    path: '/v1/nodes/nodeRemoveRegistration',
    takesRequestToken: true,
  },
  nodeResume: { method: 'POST', path: '/v1/nodes/nodeResume', takesRequestToken: true },
  nodeRunPythonCode: { method: 'POST', path: '/v1/nodes/nodeRunPythonCode', takesRequestToken: true },
  nodeSendSystemEvent: { method: 'POST', path: '/v1/nodes/nodeSendSystemEvent', takesRequestToken: true },
  nodeSetNotes: { method: 'POST', path: '/v1/nodes/nodeSetNotes', takesRequestToken: true },
  nodeSetProcessPriority: {
    method: 'POST',
    path: '/v1/nodes/nodeSetProcessPriority',
    takesRequestToken: true,
  },
  nodeSetRealtimeLog: { method: 'POST', path: '/v1/nodes/nodeSetRealtimeLog', takesRequestToken: true },
  nodeSoftRestart: { method: 'POST', path: '/v1/nodes/nodeSoftRestart', takesRequestToken: true },
  nodeWake: { method: 'POST', path: '/v1/nodes/nodeWake', takesRequestToken: true },
  sendMessageToNode: { method: 'POST', path: '/v1/nodes/sendMessageToNode', takesRequestToken: true },
  clientForceDisconnection: {
    method: 'POST',
    path: '/v1/clients/clientForceDisconnection',
    takesRequestToken: true,
  },
  clientGet: { method: 'GET', path: '/v1/clients/clientGet', takesRequestToken: false },
  clientGetByUsername: { method: 'GET', path: '/v1/clients/clientGetByUsername', takesRequestToken: false },
  clientGetList: { method: 'GET', path: '/v1/clients/clientGetList', takesRequestToken: false },
  clientGetSocketUrl: { method: 'GET', path: '/v1/clients/clientGetSocketUrl', takesRequestToken: false },
  sendMessageToConsole: { method: 'POST', path: '/v1/clients/sendMessageToConsole', takesRequestToken: true },
  clientNForceDisconnection: {
    method: 'POST',
    path: '/v1/notificators/clientNForceDisconnection',
    takesRequestToken: true,
  },
  clientNGet: { method: 'GET', path: '/v1/notificators/clientNGet', takesRequestToken: false },
  clientNGetByUsername: {
    method: 'GET',
    path: '/v1/notificators/clientNGetByUsername',
    takesRequestToken: false,
  },
  clientNGetList: { method: 'GET', path: '/v1/notificators/clientNGetList', takesRequestToken: false },
  sendMessageToNotificator: {
    method: 'POST',
    path: '/v1/notificators/sendMessageToNotificator',
    takesRequestToken: true,
  },
  userAdd: { method: 'POST', path: '/v1/users/userAdd', takesRequestToken: true },
  userConfigure: { method: 'POST', path: '/v1/users/userConfigure', takesRequestToken: true },
  userGet: { method: 'GET', path: '/v1/users/userGet', takesRequestToken: false },
  userGetList: { method: 'GET', path: '/v1/users/userGetList', takesRequestToken: false },
  userRemove: { method: 'POST', path: '/v1/users/userRemove', takesRequestToken: true },
  groupAdd: { method: 'POST', path: '/v1/groups/groupAdd', takesRequestToken: true },
  groupConfigure: { method: 'POST', path: '/v1/groups/groupConfigure', takesRequestToken: true },
  groupGet: { method: 'GET', path: '/v1/groups/groupGet', takesRequestToken: false },
  groupGetList: { method: 'GET', path: '/v1/groups/groupGetList', takesRequestToken: false },
  groupRemove: { method: 'POST', path: '/v1/groups/groupRemove', takesRequestToken: true },
  poolAdd: { method: 'POST', path: '/v1/pools/poolAdd', takesRequestToken: true },
  poolConfigure: { method: 'POST', path: '/v1/pools/poolConfigure', takesRequestToken: true },
  poolGet: { method: 'GET', path: '/v1/pools/poolGet', takesRequestToken: false },
  poolGetList: { method: 'GET', path: '/v1/pools/poolGetList', takesRequestToken: false },
  poolNotifyChanges: { method: 'POST', path: '/v1/pools/poolNotifyChanges', takesRequestToken: true },
  poolRemove: { method: 'POST', path: '/v1/pools/poolRemove', takesRequestToken: true },
  repositoriesAdd: { method: 'POST', path: '/v1/repositories/repositoriesAdd', takesRequestToken: true },
  repositoriesConfigure: {
    method: 'POST',
    path: '/v1/repositories/repositoriesConfigure',
    takesRequestToken: true,
  },
  repositoriesGet: { method: 'GET', path: '/v1/repositories/repositoriesGet', takesRequestToken: false },
  repositoriesGetList: {
    method: 'GET',
    path: '/v1/repositories/repositoriesGetList',
    takesRequestToken: false,
  },
  repositoriesNotifyChanges: {
    method: 'POST',
    path: '/v1/repositories/repositoriesNotifyChanges',
    takesRequestToken: true,
  },
  repositoriesRemove: {
    method: 'POST',
    path: '/v1/repositories/repositoriesRemove',
    takesRequestToken: true,
  },
  templateGet: { method: 'GET', path: '/v1/templates/templateGet', takesRequestToken: false },
  templateGetHookFailures: {
    method: 'GET',
    path: '/v1/templates/templateGetHookFailures',
    takesRequestToken: false,
  },
  templateGetList: { method: 'GET', path: '/v1/templates/templateGetList', takesRequestToken: false },
  templatePush: { method: 'POST', path: '/v1/templates/templatePush', takesRequestToken: true },
  templateRemove: { method: 'POST', path: '/v1/templates/templateRemove', takesRequestToken: true },
  templateRetryHooks: { method: 'POST', path: '/v1/templates/templateRetryHooks', takesRequestToken: true },
  templateRollBack: { method: 'POST', path: '/v1/templates/templateRollBack', takesRequestToken: true },
  backupGetBoundaries: { method: 'GET', path: '/v1/backup/backupGetBoundaries', takesRequestToken: false },
  backupJob: { method: 'POST', path: '/v1/backup/backupJob', takesRequestToken: true },
  backupJobAndDelete: { method: 'POST', path: '/v1/backup/backupJobAndDelete', takesRequestToken: true },
  backupQuery: { method: 'GET', path: '/v1/backup/backupQuery', takesRequestToken: false },
  backupRestoreJob: { method: 'POST', path: '/v1/backup/backupRestoreJob', takesRequestToken: true },
  dbBackupFlush: { method: 'POST', path: '/v1/db/dbBackupFlush', takesRequestToken: true },
  dbClearHistoryBounds: { method: 'POST', path: '/v1/db/dbClearHistoryBounds', takesRequestToken: true },
  dbClearStatisticsBounds: {
    method: 'POST',
    path: '/v1/db/dbClearStatisticsBounds',
    takesRequestToken: true,
  },
  dbExportQueueSQL: { method: 'GET', path: '/v1/db/dbExportQueueSQL', takesRequestToken: false },
  dbFlush: { method: 'POST', path: '/v1/db/dbFlush', takesRequestToken: true },
  dbGetHistoryBounds: { method: 'GET', path: '/v1/db/dbGetHistoryBounds', takesRequestToken: false },
  dbGetStatistics: { method: 'GET', path: '/v1/db/dbGetStatistics', takesRequestToken: false },
  dbGetStatisticsBounds: { method: 'GET', path: '/v1/db/dbGetStatisticsBounds', takesRequestToken: false },
  dbHistoryFlush: { method: 'POST', path: '/v1/db/dbHistoryFlush', takesRequestToken: true },
  dbImportQueueSQL: { method: 'POST', path: '/v1/db/dbImportQueueSQL', takesRequestToken: true },
  dbImportUploadLink: { method: 'POST', path: '/v1/db/dbImportUploadLink', takesRequestToken: true },
  systemGetActionLog: { method: 'GET', path: '/v1/system/systemGetActionLog', takesRequestToken: false },
  systemGetActionLogsList: {
    method: 'GET',
    path: '/v1/system/systemGetActionLogsList',
    takesRequestToken: false,
  },
  systemGetActivityLog: { method: 'GET', path: '/v1/system/systemGetActivityLog', takesRequestToken: false },
  systemGetActivityLogsList: {
    method: 'GET',
    path: '/v1/system/systemGetActivityLogsList',
    takesRequestToken: false,
  },
  systemGetConfiguration: {
    method: 'GET',
    path: '/v1/system/systemGetConfiguration',
    takesRequestToken: false,
  },
  systemGetLDAPConfiguration: {
    method: 'GET',
    path: '/v1/system/systemGetLDAPConfiguration',
    takesRequestToken: false,
  },
  systemGetNodesNetworkScan: {
    method: 'GET',
    path: '/v1/system/systemGetNodesNetworkScan',
    takesRequestToken: false,
  },
  systemGetOIDCConfiguration: {
    method: 'GET',
    path: '/v1/system/systemGetOIDCConfiguration',
    takesRequestToken: false,
  },
  systemQueryEngineStatus: {
    method: 'GET',
    path: '/v1/system/systemQueryEngineStatus',
    takesRequestToken: false,
  },
  systemRemoveActionLog: {
    method: 'POST',
    path: '/v1/system/systemRemoveActionLog',
    takesRequestToken: true,
  },
  systemRemoveActivityLog: {
    method: 'POST',
    path: '/v1/system/systemRemoveActivityLog',
    takesRequestToken: true,
  },
  systemResetStatisticsCounters: {
    method: 'POST',
    path: '/v1/system/systemResetStatisticsCounters',
    takesRequestToken: true,
  },
  systemRunScript: { method: 'POST', path: '/v1/system/systemRunScript', takesRequestToken: true },
  systemSetConfiguration: {
    method: 'POST',
    path: '/v1/system/systemSetConfiguration',
    takesRequestToken: true,
  },
  systemSetLDAPConfiguration: {
    method: 'POST',
    path: '/v1/system/systemSetLDAPConfiguration',
    takesRequestToken: true,
  },
  systemSetOIDCConfiguration: {
    method: 'POST',
    path: '/v1/system/systemSetOIDCConfiguration',
    takesRequestToken: true,
  },
  systemSoftRestart: { method: 'POST', path: '/v1/system/systemSoftRestart', takesRequestToken: true },
  systemStartNodesNetworkScan: {
    method: 'POST',
    path: '/v1/system/systemStartNodesNetworkScan',
    takesRequestToken: true,
  },
  systemSwapEngineStatus: {
    method: 'POST',
    path: '/v1/system/systemSwapEngineStatus',
    takesRequestToken: true,
  },
  logAddInternalMessage: { method: 'POST', path: '/v1/log/logAddInternalMessage', takesRequestToken: true },
  logAddMessage: { method: 'POST', path: '/v1/log/logAddMessage', takesRequestToken: true },
  logClear: { method: 'POST', path: '/v1/log/logClear', takesRequestToken: true },
  logGetList: { method: 'GET', path: '/v1/log/logGetList', takesRequestToken: false },
  login: { method: 'POST', path: '/v1/session/login', takesRequestToken: false },
  logout: { method: 'POST', path: '/v1/session/logout', takesRequestToken: false },
  oidcLoginBegin: { method: 'POST', path: '/v1/session/oidcLoginBegin', takesRequestToken: false },
  oidcLoginFinish: { method: 'POST', path: '/v1/session/oidcLoginFinish', takesRequestToken: false },
  passwordChange: { method: 'POST', path: '/v1/session/passwordChange', takesRequestToken: false },
  tokenAdd: { method: 'POST', path: '/v1/session/tokenAdd', takesRequestToken: false },
  tokenGetList: { method: 'GET', path: '/v1/session/tokenGetList', takesRequestToken: false },
  tokenRevoke: { method: 'POST', path: '/v1/session/tokenRevoke', takesRequestToken: true },
  whoAmI: { method: 'GET', path: '/v1/session/whoAmI', takesRequestToken: false },
  nodeAnswerCommand: { method: 'POST', path: '/v1/nodeProtocol/nodeAnswerCommand', takesRequestToken: false },
  nodeClaim: { method: 'POST', path: '/v1/nodeProtocol/nodeClaim', takesRequestToken: false },
  nodeFetchCommands: { method: 'POST', path: '/v1/nodeProtocol/nodeFetchCommands', takesRequestToken: false },
  nodeHeartbeat: { method: 'POST', path: '/v1/nodeProtocol/nodeHeartbeat', takesRequestToken: false },
  nodeLeave: { method: 'POST', path: '/v1/nodeProtocol/nodeLeave', takesRequestToken: false },
  nodeMailboxCredentials: {
    method: 'POST',
    path: '/v1/nodeProtocol/nodeMailboxCredentials',
    takesRequestToken: false,
  },
  nodeRegister: { method: 'POST', path: '/v1/nodeProtocol/nodeRegister', takesRequestToken: false },
  nodeReport: { method: 'POST', path: '/v1/nodeProtocol/nodeReport', takesRequestToken: false },
  nodeSendLog: { method: 'POST', path: '/v1/nodeProtocol/nodeSendLog', takesRequestToken: false },
  nodeUpdate: { method: 'POST', path: '/v1/nodeProtocol/nodeUpdate', takesRequestToken: false },
  nodeUploadLog: { method: 'POST', path: '/v1/nodeProtocol/nodeUploadLog', takesRequestToken: false },
};

export type LiveTopic =
  | 'jobs'
  | 'nodes'
  | 'chunks'
  | 'pools'
  | 'repositories'
  | 'users'
  | 'groups'
  | 'system';

export type LiveEvent =
  | {
      readonly event: 'messages/sent';
      /** The same when the message comes twice. */
      readonly messageId: string;
      /** Template that it is for, 0 for none. */
      readonly templateId: number;
      readonly message: string;
      /** User who sent it. */
      readonly from: string;
      /** UTC time, ISO 8601 with milliseconds. */
      readonly sentAt: string;
    }
  | {
      readonly event: 'jobs/added';
      /** Id of a job or folder. */
      readonly id: number;
      /** Order of the changes of one thing, as a number of any length: one that is not above the last is a repetition. */
      readonly sequence: string;
      /** Present if its state has changed; a job of status `folder` is a folder. */
      readonly status?:
        | 'waiting'
        | 'delayed'
        | 'queued'
        | 'in-progress'
        | 'completed'
        | 'completed-with-warnings'
        | 'failed'
        | 'deleting'
        | 'folder'
        | undefined;
      /** null if there was none. */
      readonly previousStatus?:
        | 'waiting'
        | 'delayed'
        | 'queued'
        | 'in-progress'
        | 'completed'
        | 'completed-with-warnings'
        | 'failed'
        | 'deleting'
        | 'folder'
        | null
        | undefined;
      /** `version` of the job after the change. */
      readonly version?: number | undefined;
      /** Present if what was submitted has changed, by an edit or another parent: the job is to be loaded again. */
      readonly specVersion?: number | undefined;
    }
  | {
      readonly event: 'jobs/added';
      /** Too much has changed to be told one by one. */
      readonly refresh: true;
      /** Nothing more is told of this list for so long: load it now and again after that time, each a random moment later. */
      readonly quietSeconds: 10;
    }
  | {
      readonly event: 'jobs/changed';
      /** Id of a job or folder. */
      readonly id: number;
      /** Order of the changes of one thing, as a number of any length: one that is not above the last is a repetition. */
      readonly sequence: string;
      /** Present if its state has changed; a job of status `folder` is a folder. */
      readonly status?:
        | 'waiting'
        | 'delayed'
        | 'queued'
        | 'in-progress'
        | 'completed'
        | 'completed-with-warnings'
        | 'failed'
        | 'deleting'
        | 'folder'
        | undefined;
      /** null if there was none. */
      readonly previousStatus?:
        | 'waiting'
        | 'delayed'
        | 'queued'
        | 'in-progress'
        | 'completed'
        | 'completed-with-warnings'
        | 'failed'
        | 'deleting'
        | 'folder'
        | null
        | undefined;
      /** `version` of the job after the change. */
      readonly version?: number | undefined;
      /** Present if what was submitted has changed, by an edit or another parent: the job is to be loaded again. */
      readonly specVersion?: number | undefined;
    }
  | {
      readonly event: 'jobs/changed';
      /** Too much has changed to be told one by one. */
      readonly refresh: true;
      /** Nothing more is told of this list for so long: load it now and again after that time, each a random moment later. */
      readonly quietSeconds: 10;
    }
  | {
      readonly event: 'jobs/removed';
      /** Id of a job or folder. */
      readonly id: number;
      /** Order of the changes of one thing, as a number of any length: one that is not above the last is a repetition. */
      readonly sequence: string;
      /** Present if its state has changed; a job of status `folder` is a folder. */
      readonly status?:
        | 'waiting'
        | 'delayed'
        | 'queued'
        | 'in-progress'
        | 'completed'
        | 'completed-with-warnings'
        | 'failed'
        | 'deleting'
        | 'folder'
        | undefined;
      /** null if there was none. */
      readonly previousStatus?:
        | 'waiting'
        | 'delayed'
        | 'queued'
        | 'in-progress'
        | 'completed'
        | 'completed-with-warnings'
        | 'failed'
        | 'deleting'
        | 'folder'
        | null
        | undefined;
      /** `version` of the job after the change. */
      readonly version?: number | undefined;
      /** Present if what was submitted has changed, by an edit or another parent: the job is to be loaded again. */
      readonly specVersion?: number | undefined;
    }
  | {
      readonly event: 'jobs/removed';
      /** Too much has changed to be told one by one. */
      readonly refresh: true;
      /** Nothing more is told of this list for so long: load it now and again after that time, each a random moment later. */
      readonly quietSeconds: 10;
    }
  | {
      readonly event: 'nodes/added';
      /** Id of a node. */
      readonly id: number;
      /** Order of the changes of one thing, as a number of any length: one that is not above the last is a repetition. */
      readonly sequence: string;
      /** Present if its state has changed. */
      readonly status?: 'offline' | 'idle' | 'working' | 'paused' | undefined;
      /** null if there was none. */
      readonly previousStatus?: 'offline' | 'idle' | 'working' | 'paused' | null | undefined;
      /** Present if its state has changed. */
      readonly jobId?: number | null | undefined;
      readonly chunkId?: number | null | undefined;
    }
  | {
      readonly event: 'nodes/added';
      /** Too much has changed to be told one by one. */
      readonly refresh: true;
      /** Nothing more is told of this list for so long: load it now and again after that time, each a random moment later. */
      readonly quietSeconds: 10;
    }
  | {
      readonly event: 'nodes/changed';
      /** Id of a node. */
      readonly id: number;
      /** Order of the changes of one thing, as a number of any length: one that is not above the last is a repetition. */
      readonly sequence: string;
      /** Present if its state has changed. */
      readonly status?: 'offline' | 'idle' | 'working' | 'paused' | undefined;
      /** null if there was none. */
      readonly previousStatus?: 'offline' | 'idle' | 'working' | 'paused' | null | undefined;
      /** Present if its state has changed. */
      readonly jobId?: number | null | undefined;
      readonly chunkId?: number | null | undefined;
    }
  | {
      readonly event: 'nodes/changed';
      /** Too much has changed to be told one by one. */
      readonly refresh: true;
      /** Nothing more is told of this list for so long: load it now and again after that time, each a random moment later. */
      readonly quietSeconds: 10;
    }
  | {
      readonly event: 'nodes/removed';
      /** Id of a node. */
      readonly id: number;
      /** Order of the changes of one thing, as a number of any length: one that is not above the last is a repetition. */
      readonly sequence: string;
      /** Present if its state has changed. */
      readonly status?: 'offline' | 'idle' | 'working' | 'paused' | undefined;
      /** null if there was none. */
      readonly previousStatus?: 'offline' | 'idle' | 'working' | 'paused' | null | undefined;
      /** Present if its state has changed. */
      readonly jobId?: number | null | undefined;
      readonly chunkId?: number | null | undefined;
    }
  | {
      readonly event: 'nodes/removed';
      /** Too much has changed to be told one by one. */
      readonly refresh: true;
      /** Nothing more is told of this list for so long: load it now and again after that time, each a random moment later. */
      readonly quietSeconds: 10;
    }
  | {
      readonly event: 'chunks/changed';
      /** Id of a job or folder. */
      readonly jobId: number;
      readonly generation: number;
      /** Id of a chunk within its job. */
      readonly id: number;
      /** Order of the changes of one thing, as a number of any length: one that is not above the last is a repetition. */
      readonly sequence: string;
      readonly status: 'waiting' | 'queued' | 'running' | 'completed' | 'warning' | 'failed';
      /** A chunk that was never touched was `queued`, or `waiting` for its parents. */
      readonly previousStatus: 'waiting' | 'queued' | 'running' | 'completed' | 'warning' | 'failed';
      /** `version` of the chunk after the change. */
      readonly version: number;
      readonly attempt: number;
    }
  | {
      readonly event: 'chunks/changed';
      /** Id of a job or folder. */
      readonly jobId: number;
      /** Too much has changed to be told one by one. */
      readonly refresh: true;
      /** Nothing more is told of this list for so long: load it now and again after that time, each a random moment later. */
      readonly quietSeconds: 10;
    }
  | {
      readonly event: 'pools/added';
      readonly name: string;
      /** Order of the changes of one thing, as a number of any length: one that is not above the last is a repetition. */
      readonly sequence: string;
      /** `version` of the thing after the change. */
      readonly version: number;
    }
  | {
      readonly event: 'pools/added';
      /** Too much has changed to be told one by one. */
      readonly refresh: true;
      /** Nothing more is told of this list for so long: load it now and again after that time, each a random moment later. */
      readonly quietSeconds: 10;
    }
  | {
      readonly event: 'pools/changed';
      readonly name: string;
      /** Order of the changes of one thing, as a number of any length: one that is not above the last is a repetition. */
      readonly sequence: string;
      /** `version` of the thing after the change. */
      readonly version: number;
    }
  | {
      readonly event: 'pools/changed';
      /** Too much has changed to be told one by one. */
      readonly refresh: true;
      /** Nothing more is told of this list for so long: load it now and again after that time, each a random moment later. */
      readonly quietSeconds: 10;
    }
  | {
      readonly event: 'pools/removed';
      readonly name: string;
      /** Order of the changes of one thing, as a number of any length: one that is not above the last is a repetition. */
      readonly sequence: string;
      /** `version` of the thing after the change. */
      readonly version: number;
    }
  | {
      readonly event: 'pools/removed';
      /** Too much has changed to be told one by one. */
      readonly refresh: true;
      /** Nothing more is told of this list for so long: load it now and again after that time, each a random moment later. */
      readonly quietSeconds: 10;
    }
  | {
      readonly event: 'repositories/added';
      readonly name: string;
      /** Order of the changes of one thing, as a number of any length: one that is not above the last is a repetition. */
      readonly sequence: string;
      /** `version` of the thing after the change. */
      readonly version: number;
    }
  | {
      readonly event: 'repositories/added';
      /** Too much has changed to be told one by one. */
      readonly refresh: true;
      /** Nothing more is told of this list for so long: load it now and again after that time, each a random moment later. */
      readonly quietSeconds: 10;
    }
  | {
      readonly event: 'repositories/changed';
      readonly name: string;
      /** Order of the changes of one thing, as a number of any length: one that is not above the last is a repetition. */
      readonly sequence: string;
      /** `version` of the thing after the change. */
      readonly version: number;
    }
  | {
      readonly event: 'repositories/changed';
      /** Too much has changed to be told one by one. */
      readonly refresh: true;
      /** Nothing more is told of this list for so long: load it now and again after that time, each a random moment later. */
      readonly quietSeconds: 10;
    }
  | {
      readonly event: 'repositories/removed';
      readonly name: string;
      /** Order of the changes of one thing, as a number of any length: one that is not above the last is a repetition. */
      readonly sequence: string;
      /** `version` of the thing after the change. */
      readonly version: number;
    }
  | {
      readonly event: 'repositories/removed';
      /** Too much has changed to be told one by one. */
      readonly refresh: true;
      /** Nothing more is told of this list for so long: load it now and again after that time, each a random moment later. */
      readonly quietSeconds: 10;
    }
  | {
      readonly event: 'users/added';
      readonly name: string;
      /** Order of the changes of one thing, as a number of any length: one that is not above the last is a repetition. */
      readonly sequence: string;
      /** `version` of the thing after the change. */
      readonly version: number;
    }
  | {
      readonly event: 'users/added';
      /** Too much has changed to be told one by one. */
      readonly refresh: true;
      /** Nothing more is told of this list for so long: load it now and again after that time, each a random moment later. */
      readonly quietSeconds: 10;
    }
  | {
      readonly event: 'users/changed';
      readonly name: string;
      /** Order of the changes of one thing, as a number of any length: one that is not above the last is a repetition. */
      readonly sequence: string;
      /** `version` of the thing after the change. */
      readonly version: number;
    }
  | {
      readonly event: 'users/changed';
      /** Too much has changed to be told one by one. */
      readonly refresh: true;
      /** Nothing more is told of this list for so long: load it now and again after that time, each a random moment later. */
      readonly quietSeconds: 10;
    }
  | {
      readonly event: 'users/removed';
      readonly name: string;
      /** Order of the changes of one thing, as a number of any length: one that is not above the last is a repetition. */
      readonly sequence: string;
      /** `version` of the thing after the change. */
      readonly version: number;
    }
  | {
      readonly event: 'users/removed';
      /** Too much has changed to be told one by one. */
      readonly refresh: true;
      /** Nothing more is told of this list for so long: load it now and again after that time, each a random moment later. */
      readonly quietSeconds: 10;
    }
  | {
      readonly event: 'groups/added';
      readonly name: string;
      /** Order of the changes of one thing, as a number of any length: one that is not above the last is a repetition. */
      readonly sequence: string;
      /** `version` of the thing after the change. */
      readonly version: number;
    }
  | {
      readonly event: 'groups/added';
      /** Too much has changed to be told one by one. */
      readonly refresh: true;
      /** Nothing more is told of this list for so long: load it now and again after that time, each a random moment later. */
      readonly quietSeconds: 10;
    }
  | {
      readonly event: 'groups/changed';
      readonly name: string;
      /** Order of the changes of one thing, as a number of any length: one that is not above the last is a repetition. */
      readonly sequence: string;
      /** `version` of the thing after the change. */
      readonly version: number;
    }
  | {
      readonly event: 'groups/changed';
      /** Too much has changed to be told one by one. */
      readonly refresh: true;
      /** Nothing more is told of this list for so long: load it now and again after that time, each a random moment later. */
      readonly quietSeconds: 10;
    }
  | {
      readonly event: 'groups/removed';
      readonly name: string;
      /** Order of the changes of one thing, as a number of any length: one that is not above the last is a repetition. */
      readonly sequence: string;
      /** `version` of the thing after the change. */
      readonly version: number;
    }
  | {
      readonly event: 'groups/removed';
      /** Too much has changed to be told one by one. */
      readonly refresh: true;
      /** Nothing more is told of this list for so long: load it now and again after that time, each a random moment later. */
      readonly quietSeconds: 10;
    }
  | {
      readonly event: 'system/changed';
      /** Order of the changes of one thing, as a number of any length: one that is not above the last is a repetition. */
      readonly sequence: string;
      /** `version` of the settings after the change. */
      readonly version: number;
    }
  | {
      readonly event: 'system/changed';
      /** Too much has changed to be told one by one. */
      readonly refresh: true;
      /** Nothing more is told of this list for so long: load it now and again after that time, each a random moment later. */
      readonly quietSeconds: 10;
    };

/** What the server says. */
export type LiveMessage =
  | { readonly kind: 'events'; readonly events: readonly LiveEvent[] }
  | {
      readonly kind: 'subscribed';
      readonly topic: 'jobs' | 'nodes' | 'chunks' | 'pools' | 'repositories' | 'users' | 'groups' | 'system';
      readonly ids: readonly number[] | null;
    }
  | {
      readonly kind: 'unsubscribed';
      readonly topic: 'jobs' | 'nodes' | 'chunks' | 'pools' | 'repositories' | 'users' | 'groups' | 'system';
    }
  | {
      readonly kind: 'pong';
    }
  | {
      readonly kind: 'closing';
      readonly reason: string;
    }
  | {
      readonly kind: 'refused';
      readonly error: {
        readonly code: string;
        readonly number: number;
        readonly message: string;
        readonly details: { readonly [name: string]: string | number | boolean | null };
        readonly retryable: boolean;
      };
    };

/** What a client says. */
export type LiveRequest =
  | {
      readonly action: 'subscribe';
      readonly topic: 'jobs' | 'nodes' | 'chunks' | 'pools' | 'repositories' | 'users' | 'groups' | 'system';
      /** Only what concerns these, 1-100 of them; null for all. */
      readonly ids?: readonly number[] | null | undefined;
    }
  | {
      readonly action: 'unsubscribe';
      readonly topic: 'jobs' | 'nodes' | 'chunks' | 'pools' | 'repositories' | 'users' | 'groups' | 'system';
    }
  | {
      readonly action: 'ping';
    };

export const live = { protocol: 'rollcall', tokenProtocol: 'bearer.', pingSeconds: 240 } as const;
