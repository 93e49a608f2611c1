// Joins messages that come in a burst, so that a page refreshes a region at most once in a while.

/** What was announced: a topic and the ids it concerns. */
export type Announced = [topic: string, ids: string[]];

export class Burst {
  private waiting = new Map<string, Set<string>>();
  private last = Number.NEGATIVE_INFINITY;

  constructor(private readonly gapMillis: number) {}

  add(topic: string, id: string): void {
    const ids = this.waiting.get(topic) ?? new Set();
    this.waiting.set(topic, ids.add(id));
  }

  /** Milliseconds until what waits may be taken: 0 when the last taking is long past, nothing when none waits. */
  delay(now: number): number | undefined {
    if (this.waiting.size === 0) return undefined;
    return Math.max(0, this.last + this.gapMillis - now);
  }

  take(now: number): Announced[] {
    const taken = [...this.waiting].map(([topic, ids]): Announced => [topic, [...ids]]);
    this.waiting.clear();
    this.last = now;
    return taken;
  }
}

/** Reads a message of the stream; what it does not understand is nothing. */
export function readMessage(data: string): { topic: string; id: string } | undefined {
  try {
    const { topic, id } = JSON.parse(data);
    return /^[a-z][a-z_-]*$/.test(topic) ? { topic, id: String(id ?? "") } : undefined;
  } catch {
    return undefined;
  }
}

/** Milliseconds to wait before the next try to connect: 2 s, doubled each time, at most a minute. */
export function retryDelay(failures: number): number {
  return Math.min(60_000, 2_000 * 2 ** Math.max(0, failures - 1));
}
