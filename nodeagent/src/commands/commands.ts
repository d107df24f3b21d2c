/**
 * The commands that wait for this node: fetched when the desired state says that there are new ones, carried out oldest
 * first, answered until the dispatcher has heard it. A command is noted on disk before it is begun and is given again until
 * it is answered, so an agent that starts after one that died knows which were begun, and begins none twice.
 */
import type { Command } from '../../../client/src/generated.ts';
import { backOffMs } from '../backOff.ts';
import type { CommandAnswer, Ports, SystemEvent } from '../ports.ts';
import type { Session } from '../session.ts';
import { type Answer, ask } from '../verdict.ts';
import { sleep } from '../waiting.ts';
import { answerOf, refusal } from './answers.ts';
import { type CarriedOut, carryOut } from './carryOut.ts';

const sessionPollMs = 2_000;

/** What the node itself does for a command, after it was answered. */
export interface NodeEffects {
  /** Registers again after the chunk that runs. */
  restart(): void;
  /** Leaves, and lets the agent run what is configured for the event. */
  leaveFor(event: SystemEvent): void;
}

export class Commands {
  readonly #ports: Ports;
  readonly #session: () => Session | undefined;
  readonly #effects: NodeEffects;
  readonly #closing = new AbortController();
  readonly #underWay = new Set<string>();
  #isWorking = false;
  #again = false;
  /** Ends with the last Python program that was begun. */
  #python: Promise<void> = Promise.resolve();

  constructor(ports: Ports, session: () => Session | undefined, effects: NodeEffects) {
    this.#ports = ports;
    this.#session = session;
    this.#effects = effects;
  }

  /** There are new commands, or may be. */
  look(): void {
    this.#again = true;
    if (!this.#isWorking) void this.#work();
  }

  /** Ends a program that runs for a command and begins nothing more. */
  close(): void {
    this.#closing.abort();
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    while (this.#again && !this.#closing.signal.aborted) {
      this.#again = false;
      const fetched = await this.#untilSettled((session) =>
        session.calls.nodeFetchCommands({ session: session.id }),
      );
      if (fetched === undefined) break;
      if (!fetched.ok) this.#ports.say(`commands cannot be fetched: ${fetched.reason}`);
      for (const { commandId, command } of fetched.ok ? fetched.value.commands : []) {
        await this.#take(commandId, command);
      }
    }
    this.#isWorking = false;
  }

  async #take(commandId: string, command: Command): Promise<void> {
    if (this.#underWay.has(commandId)) return;
    this.#underWay.add(commandId);
    const run = (): Promise<void> =>
      this.#run(commandId, command).finally(() => this.#underWay.delete(commandId));
    // Such a program may take an hour: the next one waits for it, other commands do not.
    if (command.kind === 'run-python') this.#python = this.#python.then(run);
    else await run();
  }

  async #run(commandId: string, command: Command): Promise<void> {
    const { commandNotes } = this.#ports;
    if (this.#closing.signal.aborted) return;
    const note = commandNotes.find(commandId);
    // The dispatcher had forgotten it already when it listed it, or has since.
    if (note?.state === 'answered') return;
    if (note !== undefined) {
      const known =
        note.state === 'carried-out' ? note.answer : refusal('the agent was restarted while it ran');
      await this.#answer(commandId, known);
      return;
    }
    try {
      commandNotes.begin(commandId);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      await this.#answer(commandId, refusal(`not begun, because it cannot be noted on disk: ${reason}`));
      return;
    }
    const { answer, afterwards } = await this.#carryOut(command);
    if (this.#closing.signal.aborted) return;
    // What follows the answer has not been done yet, so a later agent must not say that it was.
    if (afterwards === undefined) commandNotes.keepAnswer(commandId, answer);
    if (await this.#answer(commandId, answer)) afterwards?.();
  }

  async #carryOut(command: Command): Promise<CarriedOut> {
    const { machine } = this.#ports;
    if (command.kind !== 'force-update') {
      return carryOut(command, this.#ports, this.#effects, this.#closing.signal);
    }
    const capabilities = await machine.measure();
    const load = await machine.load();
    const told = await this.#untilSettled((session) =>
      session.calls.nodeUpdate({ session: session.id, capabilities, load }),
    );
    return { answer: told === undefined || told.ok ? answerOf('') : refusal(told.reason) };
  }

  /** Whether the dispatcher has it. */
  async #answer(commandId: string, answer: CommandAnswer): Promise<boolean> {
    const told = await this.#untilSettled((session) =>
      session.calls.nodeAnswerCommand({ session: session.id, commandId, ...answer }),
    );
    if (told === undefined) return false;
    if (!told.ok) this.#ports.say(`the answer to a command is not accepted and is dropped: ${told.reason}`);
    this.#ports.commandNotes.settle(commandId);
    return told.ok;
  }

  /** Repeats a call, in whatever session is open then, until it is accepted or refused; undefined if the node ends before. */
  async #untilSettled<T>(call: (session: Session) => Promise<T>): Promise<Answer<T> | undefined> {
    const { signal } = this.#closing;
    for (let failures = 1; !signal.aborted; failures += 1) {
      const session = this.#session();
      if (session !== undefined) {
        const answer = await ask(() => call(session));
        if (answer.ok || answer.verdict === 'refused') return answer;
      }
      // A session that is lost is noticed by its heartbeat; the next one is not far.
      await sleep(this.#ports.clock, Math.max(sessionPollMs, backOffMs(this.#ports, failures)), signal);
    }
    return undefined;
  }
}
