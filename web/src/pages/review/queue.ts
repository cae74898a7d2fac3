import { ApiError } from "../../api/errors";
import type { Changed, DecisionIn } from "./types";

type Post = (decisions: DecisionIn[]) => Promise<Changed>;

export interface QueueState {
  /** Decided here and not yet confirmed by the server, the oldest first. */
  readonly pending: readonly DecisionIn[];
  readonly isDisconnected: boolean;
  /** Why decisions wait, where the server said it; silent servers say nothing. */
  readonly obstacle: string | null;
  /** Why the server did not take the last decision that it refused. */
  readonly refusal: string | null;
}

const GATHER_MS = 120;
const LONGEST_WAIT_MS = 10_000;
const MOST = 100;
const LATER = [0, 401, 408, 409, 423, 425, 429];

/** Sends decisions in batches. What is not sent is kept in this browser and sent when the server is back. */
export class DecisionQueue {
  private state: QueueState = { pending: [], isDisconnected: false, obstacle: null, refusal: null };
  private readonly listeners = new Set<() => void>();
  private readonly receivers = new Set<(changed: Changed) => void>();
  private readonly made = new Set<string>();
  private readonly prefix: string;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sending: Promise<void> | null = null;
  private inFlight = 0;
  private failures = 0;
  private isSingle = false;

  constructor(
    project: string,
    private readonly post: Post,
  ) {
    this.prefix = `emendata.unsent.${project}.`;
    this.publish({ pending: this.restore() });
    if (this.state.pending.length) this.sendIn(0);
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  readonly snapshot = () => this.state;

  /** Hear what the server made of each batch. */
  onSent(receive: (changed: Changed) => void) {
    this.receivers.add(receive);
    return () => void this.receivers.delete(receive);
  }

  /** Whether an event was made in this window. */
  readonly isOwn = (id: string) => this.made.has(id);

  add(decision: DecisionIn) {
    this.made.add(decision.id);
    this.keep(decision);
    this.publish({ pending: [...this.state.pending, decision], refusal: null });
    if (!this.state.isDisconnected) this.sendIn(GATHER_MS);
  }

  /** Take the newest decision out again if it is not on its way yet. */
  takeBack(): DecisionIn | null {
    const { pending } = this.state;
    const last = pending.length > this.inFlight ? pending.at(-1) : undefined;
    if (!last) return null;
    this.forget(last);
    this.publish({ pending: pending.slice(0, -1) });
    return last;
  }

  /** Send all now; true when nothing is left. */
  async flush(): Promise<boolean> {
    do {
      await this.send();
    } while (this.state.pending.length && !this.state.isDisconnected);
    return this.state.pending.length === 0;
  }

  private send(): Promise<void> {
    clearTimeout(this.timer);
    this.sending ??= this.sendBatch().finally(() => {
      this.sending = null;
      const wait = this.failures ? Math.min(LONGEST_WAIT_MS, 500 * 2 ** this.failures) : GATHER_MS;
      if (this.state.pending.length) this.sendIn(wait);
    });
    return this.sending;
  }

  private async sendBatch() {
    const batch = this.state.pending.slice(0, this.isSingle ? 1 : MOST);
    if (!batch.length) return;
    this.inFlight = batch.length;
    try {
      const changed = await this.post(batch);
      this.failures = 0;
      this.isSingle = false;
      this.receivers.forEach((receive) => receive(changed));
      this.drop(batch, { isDisconnected: false, obstacle: null });
    } catch (error) {
      this.fail(batch, error);
    } finally {
      this.inFlight = 0;
    }
  }

  private fail(batch: DecisionIn[], error: unknown) {
    const status = error instanceof ApiError ? error.status : 0;
    if (LATER.includes(status) || status >= 500) {
      this.failures += 1;
      this.publish({ isDisconnected: true, obstacle: status ? (error as ApiError).message : null });
    } else if (batch.length > 1) {
      this.isSingle = true; // to find the one that is refused
    } else {
      this.isSingle = false;
      this.drop(batch, { refusal: (error as ApiError).message });
    }
  }

  private drop(batch: readonly DecisionIn[], change: Partial<QueueState>) {
    batch.forEach((one) => this.forget(one));
    const gone = new Set(batch.map((one) => one.id));
    this.publish({ ...change, pending: this.state.pending.filter((one) => !gone.has(one.id)) });
  }

  private sendIn(wait: number) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.send(), wait);
  }

  private publish(change: Partial<QueueState>) {
    this.state = { ...this.state, ...change };
    this.listeners.forEach((listener) => listener());
  }

  // One entry a decision, so that two windows do not overwrite each other's; an id that is sent twice counts once.
  private keep(decision: DecisionIn) {
    try {
      localStorage.setItem(this.prefix + decision.id, JSON.stringify({ at: Date.now(), decision }));
    } catch {
      // no room in this browser: it is sent all the same
    }
  }

  private forget(decision: DecisionIn) {
    localStorage.removeItem(this.prefix + decision.id);
  }

  private restore(): DecisionIn[] {
    const found: { at: number; decision: DecisionIn }[] = [];
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(this.prefix))) {
      try {
        found.push(JSON.parse(localStorage.getItem(key) ?? "") as { at: number; decision: DecisionIn });
      } catch {
        localStorage.removeItem(key); // not ours
      }
    }
    return found.sort((a, b) => a.at - b.at).map(({ decision }) => decision);
  }
}
