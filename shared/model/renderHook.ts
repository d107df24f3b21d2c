/** Functions of a template that a node calls. */
export const renderHooks = [
  'onBuildEnvironment',
  'onGetApplicationPath',
  'onGetApplicationStartingFolder',
  'onBuildCommandLine',
  'onCheckLog',
  'onCheckExitCode',
  'onClientIdling',
] as const;
