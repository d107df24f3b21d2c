/** Functions of a template that run in the dispatcher. */
export const dispatcherHooks = [
  'onDispatcherOverrideImpersonationUser',
  'onValidateJobSubmission',
  'onDeleteJob',
  'onSubmitJob',
  'onReinitJob',
  'onEditJob',
  'onJobPropertiesChanged',
  'onJobCompleted',
  'onValidateJobDependancies',
  'onValidateChunkDependancies',
  'onJobStart',
  'onJobEnd',
  'onDispatcherIdling',
] as const;
export type DispatcherHook = (typeof dispatcherHooks)[number];
