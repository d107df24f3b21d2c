/** Opens a session. Goes on until there is one, unless the dispatcher refuses this node for a reason that stays. */
import { backOffMs } from '../backOff.ts';
import type { AgentNode, Exit, Step } from '../node.ts';
import type { Output } from '../ports.ts';
import { type Answer, ask, type Failure } from '../verdict.ts';
import { sleep } from '../waiting.ts';

export async function registering(node: AgentNode): Promise<Step> {
  const { ports, settings } = node;
  const leaving = new AbortController();
  const stopped: Step = { state: 'ended', exit: node.left('stopped before it was registered') };
  const first = await node.attend(openSession(node, leaving.signal), (event) =>
    event.kind === 'stop' || event.kind === 'finish' ? stopped : undefined,
  );
  leaving.abort();
  if ('step' in first) return first.step;
  const answer = first.value;
  if (answer === undefined) return stopped;
  if (!answer.ok) return { state: 'ended', exit: exitFor(answer, settings.name) };
  node.openSession(answer.value);
  ports.say(`registered as node ${answer.value.nodeId}${answer.value.desired.paused ? ', paused' : ''}`);
  return { state: 'reporting' };
}

async function openSession(
  node: AgentNode,
  leaving: AbortSignal,
): Promise<Answer<Output<'nodeRegister'>> | undefined> {
  const { ports, settings } = node;
  await sleep(ports.clock, node.closeSession(), leaving);
  if (node.restartsSoon) await ports.machine.measure();
  node.restartsSoon = false;
  for (let failures = 1; !leaving.aborted; failures += 1) {
    const answer = await ask(() =>
      ports.dispatcher.register({
        name: settings.name,
        secret: settings.secret,
        pools: settings.pools,
        capabilities: ports.machine.capabilities,
      }),
    );
    if (answer.ok || answer.verdict !== 'later') return answer;
    if (failures === 1) ports.say(`cannot register, trying on: ${answer.reason}`);
    await sleep(ports.clock, backOffMs(ports, failures), leaving);
  }
  return undefined;
}

/** The text tells the reader what to do: nobody but this agent will explain why the node does not come up. */
function exitFor({ code, reason }: Failure, name: string): Exit {
  switch (code) {
    case 'node-name-taken':
      return {
        code: 3,
        text: `a live node of another machine is named ${name}: give this one another name with --name, or stop that node`,
      };
    case 'unauthenticated':
    case 'forbidden':
      return {
        code: 4,
        text: `the dispatcher does not accept the join token (${reason}): make a new one and give it with --join-token or ROLLCALL_JOIN_TOKEN`,
      };
    default:
      return { code: 2, text: `the dispatcher refuses to register ${name}: ${reason}` };
  }
}
