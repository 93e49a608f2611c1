// Fetches pieces of HTML for a field as one types; only the last question is answered.

const GAP_MILLIS = 120;

export class Ask {
  private timer: number | undefined;
  private running: AbortController | undefined;

  constructor(private readonly answered: (html: string) => void) {}

  /** Asks in a moment, unless something else is asked until then. */
  soon(address: string): void {
    this.stop();
    this.timer = window.setTimeout(() => void this.now(address), GAP_MILLIS);
  }

  stop(): void {
    window.clearTimeout(this.timer);
    this.running?.abort();
  }

  async now(address: string): Promise<void> {
    this.stop();
    const running = (this.running = new AbortController());
    try {
      const answer = await fetch(address, { headers: { "HX-Request": "true" }, redirect: "error", signal: running.signal });
      const html = answer.ok ? await answer.text() : "";
      if (!running.signal.aborted) this.answered(html);
    } catch {
      // Without an answer there is nothing to offer; typing goes on.
    }
  }
}

/** An address with one more parameter. */
export function withQuery(address: string, values: Record<string, string>): string {
  return `${address}${address.includes("?") ? "&" : "?"}${new URLSearchParams(values)}`;
}
