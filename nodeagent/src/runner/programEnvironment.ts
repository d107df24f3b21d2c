/** The agent's environment for what it starts: the join token and all else that concerns the agent only stays with it. */
export function programEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.toUpperCase().startsWith('ROLLCALL_')),
  );
}
