/** The checks of a template that believes its program: exit code 0 is success, any other a failure. */
import type { Template } from '../contract/hooks.ts';

export const exitCodeChecks: Template['checks'] = {
  progressPattern: null,
  errorPatterns: [],
  warningPatterns: [],
  validExitCodes: [0],
  warningExitCodes: [],
  errorExitCodes: [],
};
