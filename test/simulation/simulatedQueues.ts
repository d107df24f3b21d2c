/**
 * Queues as SQS documents them: standard ones deliver at least once and in any order, FIFO ones in order within a group and
 * without what was sent twice in five minutes; a message that fails comes again, and after five times is put aside. The
 * clients of the dispatcher's queues are given here at the SDK's own seam: commands in, answers out.
 */
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  QueueDoesNotExist,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Faults } from './faults.ts';
import type { Instance } from './lambdas.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtualTime.ts';

interface Message {
  readonly id: string;
  readonly body: string;
  readonly group: string | undefined;
  visibleAt: number;
  receives: number;
}

const VISIBILITY_MS = 30_000;
const MOST_RECEIVES = 5;
const BATCH = 10;
const DEDUPLICATION_MS = 300_000;
const MAILBOX_RETENTION_MS = 3_600_000;
const LONG_POLL_MS = 20_000;

export type QueueConsumer = (event: SQSEvent) => Promise<SQSBatchResponse>;

/** A queue that a function is subscribed to. */
class WorkQueue {
  readonly #queues: SimulatedQueues;
  readonly #consume: QueueConsumer;
  readonly #batch: number;
  readonly #messages: Message[] = [];
  readonly #sent = new Map<string, number>();
  #underWay = 0;
  deadLetters = 0;

  constructor(queues: SimulatedQueues, consume: QueueConsumer, batch: number) {
    this.#queues = queues;
    this.#consume = consume;
    this.#batch = batch;
  }

  get isEmpty(): boolean {
    return this.#messages.length === 0;
  }

  send(body: string, options: { delaySeconds?: number; group?: string; identity?: string }): void {
    const { time, faults, random } = this.#queues;
    const { identity } = options;
    if (identity !== undefined) {
      const sentAt = this.#sent.get(identity);
      if (sentAt !== undefined && time.now() - sentAt < DEDUPLICATION_MS) return;
      this.#sent.set(identity, time.now());
    }
    const isFifo = options.group !== undefined;
    const times = !isFifo && faults.strikes('queue-doubled') ? 2 : 1;
    for (let copy = 0; copy < times; copy += 1) {
      const late =
        !isFifo && faults.strikes('queue-late') ? faults.stream('queue-late').between(0, 60_000) : 0;
      const delay = (options.delaySeconds ?? 0) * 1_000 + random.between(5, 40) + late;
      const visibleAt = time.now() + delay;
      const message = { id: this.#queues.newId(), body, group: options.group, visibleAt, receives: 0 };
      this.#messages.push(message);
      time.after(delay, () => void this.#poll());
    }
  }

  async #poll(): Promise<void> {
    const { time } = this.#queues;
    const batch = this.#receive();
    if (batch.length === 0) return;
    this.#underWay += 1;
    const Records = batch.map(({ id, body, receives }) => ({
      messageId: id,
      body,
      attributes: { ApproximateReceiveCount: String(receives) },
    })) as SQSEvent['Records'];
    let failed: ReadonlySet<string>;
    try {
      const { batchItemFailures } = await this.#consume({ Records });
      failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    } catch {
      // A function that died has answered nothing: its whole batch comes again.
      failed = new Set(batch.map(({ id }) => id));
    }
    this.#underWay -= 1;
    for (const message of batch) {
      const isLast = message.receives >= MOST_RECEIVES;
      // One in order comes again when it was carried out and could not be deleted; its group waits for it.
      const isKept = message.group !== undefined && !isLast && this.#queues.faults.strikes('queue-doubled');
      const isOver = isLast || (!failed.has(message.id) && !isKept);
      if (isOver) this.#messages.splice(this.#messages.indexOf(message), 1);
      if (isOver && failed.has(message.id) && !this.#queues.mayBePutAside(message.body))
        this.deadLetters += 1;
      if (!isOver) time.after(Math.max(0, message.visibleAt - time.now()), () => void this.#poll());
    }
    if (this.#messages.some(({ visibleAt }) => visibleAt <= time.now())) void this.#poll();
  }

  #receive(): Message[] {
    const now = this.#queues.time.now();
    const blocked = new Set<string>();
    const batch: Message[] = [];
    for (const message of this.#messages) {
      const { group } = message;
      const isFree = message.visibleAt <= now && (group === undefined || !blocked.has(group));
      // The rest of a group waits for what stands before it.
      if (!isFree && group !== undefined) blocked.add(group);
      if (!isFree || batch.length >= this.#batch) continue;
      batch.push(message);
      if (group !== undefined && this.#batch === 1) blocked.add(group);
    }
    for (const message of batch) {
      message.visibleAt = now + VISIBILITY_MS;
      message.receives += 1;
    }
    return batch;
  }
}

/** The mailbox of a node: the agent waits for messages, and what it got is deleted. */
class NodeMailbox {
  readonly #queues: SimulatedQueues;
  #messages: { readonly body: string; readonly sentAt: number; readonly visibleAt: number }[] = [];
  readonly #sent = new Map<string, number>();
  #waiting: (() => void)[] = [];

  constructor(queues: SimulatedQueues) {
    this.#queues = queues;
  }

  send(body: string, identity: string): void {
    const { time, faults } = this.#queues;
    const sentAt = this.#sent.get(identity);
    if (sentAt !== undefined && time.now() - sentAt < DEDUPLICATION_MS) return;
    this.#sent.set(identity, time.now());
    if (faults.strikes('mailbox-lost')) return;
    const times = faults.strikes('mailbox-doubled') ? 2 : 1;
    for (let copy = 0; copy < times; copy += 1) {
      const late = faults.strikes('mailbox-late') ? faults.stream('mailbox-late').between(0, 120_000) : 0;
      this.#messages.push({ body, sentAt: time.now(), visibleAt: time.now() + late });
      time.after(late, () => {
        for (const wake of this.#waiting.splice(0)) wake();
      });
    }
  }

  /** Up to ten messages, as soon as there are any, or none after twenty seconds. */
  async receive(): Promise<string[]> {
    const { time } = this.#queues;
    const deadline = time.now() + LONG_POLL_MS;
    for (;;) {
      const now = time.now();
      this.#messages = this.#messages.filter(({ sentAt }) => now - sentAt < MAILBOX_RETENTION_MS);
      const ready = this.#messages.filter(({ visibleAt }) => visibleAt <= now).slice(0, BATCH);
      this.#messages = this.#messages.filter((message) => !ready.includes(message));
      if (ready.length > 0) this.#queues.onRequest({ verb: 'delete', queue: 'mailbox' });
      if (ready.length > 0 || now >= deadline) return ready.map(({ body }) => body);
      await new Promise<void>((resolve) => {
        const cancel = time.after(deadline - now, resolve);
        this.#waiting.push(() => {
          cancel();
          resolve();
        });
      });
    }
  }
}

/** What SQS charges for one by one, but the polls of functions, which depend on how many wait at a time. */
export interface QueueRequest {
  readonly verb: 'send' | 'receive' | 'delete' | 'create' | 'remove';
  readonly queue: 'mailbox' | 'dispatch' | 'recount' | 'hooks';
}

export class SimulatedQueues {
  readonly time: VirtualTime;
  readonly faults: Faults;
  readonly random: Random;
  /** Told of each request, for those who count them. */
  onRequest: (request: QueueRequest) => void = () => {};
  /** Whether a message that failed for the last time leaves nothing undone. */
  mayBePutAside: (body: string) => boolean = () => false;
  readonly #work = new Map<string, WorkQueue>();
  readonly #mailboxes = new Map<string, NodeMailbox>();
  #messages = 0;

  constructor(time: VirtualTime, faults: Faults, random: Random) {
    this.time = time;
    this.faults = faults;
    this.random = random;
  }

  newId(): string {
    this.#messages += 1;
    return String(this.#messages);
  }

  subscribe(url: string, consume: QueueConsumer, batch = BATCH): void {
    this.#work.set(url, new WorkQueue(this, consume, batch));
  }

  /** Whether no work waits or is under way. */
  get isAtRest(): boolean {
    return [...this.#work.values()].every(({ isEmpty }) => isEmpty);
  }

  get deadLetters(): number {
    return [...this.#work.values()].reduce((sum, { deadLetters }) => sum + deadLetters, 0);
  }

  /** Answers nothing for a mailbox that was removed, as a queue that does not exist would refuse. */
  receive(url: string): Promise<string[]> | undefined {
    this.onRequest({ verb: 'receive', queue: 'mailbox' });
    return this.#mailboxes.get(url)?.receive();
  }

  /** The client of one function instance. */
  sqsFor(instance: Instance): SQSClient {
    const send = (command: unknown): Promise<unknown> =>
      instance.port(
        async () => this.#carryOut(command),
        // The SDK sends again: a standard queue then has it twice.
        (call) => call(),
      );
    return { send } as unknown as SQSClient;
  }

  stsFor(instance: Instance): STSClient {
    const send = (command: unknown): Promise<unknown> =>
      instance.port(async () => {
        if (!(command instanceof AssumeRoleCommand))
          throw new Error('the token service knows no such command');
        const Expiration = new Date(this.time.now() + 3_600_000);
        const keys = { AccessKeyId: 'key', SecretAccessKey: 'secret', SessionToken: 'token' };
        return { Credentials: { ...keys, Expiration } };
      });
    return { send } as unknown as STSClient;
  }

  #carryOut(command: unknown): unknown {
    this.onRequest(requestOf(command));
    if (command instanceof CreateQueueCommand) {
      const url = `mailbox:${command.input.QueueName}`;
      if (!this.#mailboxes.has(url)) this.#mailboxes.set(url, new NodeMailbox(this));
      return {};
    }
    if (command instanceof DeleteQueueCommand) {
      if (!this.#mailboxes.delete(command.input.QueueUrl ?? '')) throw gone();
      return {};
    }
    if (command instanceof SendMessageBatchCommand) {
      for (const { MessageBody } of command.input.Entries ?? []) {
        this.#workQueue(command.input.QueueUrl).send(MessageBody ?? '', {});
      }
      return {};
    }
    if (command instanceof SendMessageCommand) {
      const {
        QueueUrl = '',
        MessageBody = '',
        MessageGroupId,
        MessageDeduplicationId,
        DelaySeconds,
      } = command.input;
      if (QueueUrl.startsWith('mailbox:')) {
        const mailbox = this.#mailboxes.get(QueueUrl);
        if (mailbox === undefined) throw gone();
        mailbox.send(MessageBody, MessageDeduplicationId ?? '');
        return {};
      }
      this.#workQueue(QueueUrl).send(MessageBody, {
        ...(DelaySeconds !== undefined && { delaySeconds: DelaySeconds }),
        ...(MessageGroupId !== undefined && { group: MessageGroupId }),
        ...(MessageDeduplicationId !== undefined && { identity: MessageDeduplicationId }),
      });
      return {};
    }
    throw new Error('the queues know no such command');
  }

  #workQueue(url = ''): WorkQueue {
    const queue = this.#work.get(url);
    if (queue === undefined) throw new Error(`there is no queue ${url}`);
    return queue;
  }
}

function requestOf(command: unknown): QueueRequest {
  if (command instanceof CreateQueueCommand) return { verb: 'create', queue: 'mailbox' };
  if (command instanceof DeleteQueueCommand) return { verb: 'remove', queue: 'mailbox' };
  const { QueueUrl = '' } = (command as SendMessageCommand).input;
  const queue = QueueUrl.startsWith('mailbox:') ? 'mailbox' : QueueUrl.replace(/^queue:/, '');
  return { verb: 'send', queue: queue as QueueRequest['queue'] };
}

const gone = (): QueueDoesNotExist => new QueueDoesNotExist({ message: 'gone', $metadata: {} });
