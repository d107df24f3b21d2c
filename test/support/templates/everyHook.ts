// A template with every hook. Each prints what it is given; the one of the start of a job does real work and dies in the
// middle of it the first time.
import type { Client, DispatcherHooks, JobHookCall } from '@rollcall/client';

export const definition = {
  id: 2_400,
  name: 'every hook',
  description: 'Renders frames.',
  fields: [{ name: 'job_file', label: 'Scene file', kind: 'file', required: false }],
  packetTypes: ['multiframe'],
  wholeFrames: true,
  oneFrame: false,
  programs: { linux: 'render', darwin: 'render', win32: 'render.exe' },
  arguments: ['-s', '{start_frame}', '-e', '{end_frame}'],
  frameSeparator: ',',
  environment: {},
  startingFolder: null,
  limits: [],
  checks: {
    progressPattern: null,
    errorPatterns: [],
    warningPatterns: [],
    validExitCodes: [0],
    warningExitCodes: [],
    errorExitCodes: [],
  },
};

function note(hook: string, { job, key }: JobHookCall, ...more: readonly unknown[]): void {
  console.log([hook, key, job.id, job.name, job.status, ...more].join('|'));
}

/** One job for each key, however often it is called. */
async function submitPreview({ job, key }: JobHookCall, client: Client): Promise<void> {
  await client.jobSubmit({
    requestToken: key.replaceAll(/\W/g, '-'),
    owner: job.owner,
    job: { name: `preview of ${job.name}`, templateId: 43, attributes: { command: { value: 'preview' } } },
  });
}

export const hooks: DispatcherHooks = {
  onDispatcherOverrideImpersonationUser(call) {
    note('onDispatcherOverrideImpersonationUser', call, call.user);
    return { user: 'ada' };
  },
  onValidateJobSubmission(call) {
    note('onValidateJobSubmission', call);
    if (call.job.project === '') return { error: 'every job needs a project' };
  },
  onSubmitJob: (call) => note('onSubmitJob', call),
  onEditJob: (call) => note('onEditJob', call),
  onJobPropertiesChanged: (call) => note('onJobPropertiesChanged', call),
  onValidateJobDependancies: (call) => note('onValidateJobDependancies', call),
  onValidateChunkDependancies: (call) =>
    note('onValidateChunkDependancies', call, `chunk ${call.chunk.chunkId}`),
  async onJobStart(call, { client }) {
    note('onJobStart', call);
    const before = await client.jobGetList({});
    await submitPreview(call, client);
    if (before.jobs.every(({ name }) => !name.startsWith('preview'))) process.exit(1);
  },
  onJobEnd: (call) => note('onJobEnd', call),
  onJobCompleted: (call) => note('onJobCompleted', call),
  onReinitJob: (call) => note('onReinitJob', call),
  onDeleteJob: (call) => note('onDeleteJob', call),
  onDispatcherIdling({ key }) {
    console.log(['onDispatcherIdling', key].join('|'));
  },
};
