/** What happens to a node while it is in some state. Events queue, so none is lost between two states. */

export type NodeEvent =
  /** The dispatcher has, or may have, work: a pushed chunk names its token. */
  | { readonly kind: 'work-waits'; readonly token?: string }
  /** The attempt is not this node's any more. */
  | { readonly kind: 'attempt-over'; readonly token: string }
  /** The session has a newer desired state: paused, priority or real-time log have changed. */
  | { readonly kind: 'desired-changed' }
  /** Only a new session can help; `replaced` if another agent took this one. */
  | { readonly kind: 'session-lost'; readonly replaced: boolean; readonly reason: string }
  /** Register again, after the chunk that runs. */
  | { readonly kind: 'soft-restart' }
  /** The agent shall end, after the chunk that runs. */
  | { readonly kind: 'finish' }
  /** The agent shall end. */
  | { readonly kind: 'stop' };

export class EventQueue {
  #events: NodeEvent[] = [];
  #arrival = Promise.withResolvers<void>();

  push(event: NodeEvent): void {
    this.#events.push(event);
    this.#arrival.resolve();
  }

  shift(): NodeEvent | undefined {
    return this.#events.shift();
  }

  /** Resolves when there is an event; takes none. */
  arrival(): Promise<void> {
    if (this.#events.length === 0) this.#arrival = Promise.withResolvers();
    return this.#arrival.promise;
  }

  /** Forgets what concerned a session that is over. */
  keepOnlyEnd(): void {
    this.#events = this.#events.filter((event) => event.kind === 'stop' || event.kind === 'finish');
  }
}
