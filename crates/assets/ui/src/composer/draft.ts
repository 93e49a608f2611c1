// Saves what is written: a second after the last change, at once when one leaves. One save at a time; if something
// changed meanwhile, another follows. What could not be saved is tried again and kept in the tab.

import { retryDelay } from "../burst";
import { draftAround, drafts, say } from "./form";
import { forget, keep, signedOut } from "./kept";

const GAP_MILLIS = 1_000;
const PATIENCE_MILLIS = 15_000;
/** What browsers send after a page is gone, in bytes. */
const FAREWELL_MAX = 60_000;

export type Outcome = "saved" | "refused" | "unreachable" | "signed out";

class Draft {
  private saved: string;
  private timer: number | undefined;
  private failures = 0;
  private running: Promise<Outcome> | undefined;
  private isResting = false;
  /** What is on its way to the server. */
  private sent = "";

  constructor(private readonly form: HTMLFormElement) {
    this.saved = this.body();
  }

  changed(): void {
    if (!this.isResting) this.schedule(GAP_MILLIS);
  }

  /** Saves now what is not saved, after the save that is on its way. */
  flush(): Promise<Outcome> {
    window.clearTimeout(this.timer);
    const before = this.running ?? Promise.resolve();
    const own: Promise<Outcome> = before.then(() => this.save());
    this.running = own;
    void own.finally(() => this.running === own && (this.running = undefined));
    return own;
  }

  /** The message is being sent: a save now would bring the draft back. */
  rest(): void {
    window.clearTimeout(this.timer);
    this.isResting = true;
  }

  wake(): void {
    this.isResting = false;
  }

  /** The page goes; nobody can wait for an answer. */
  leave(): void {
    const body = this.body();
    if (this.isResting || body === this.saved) return;
    keep(this.form, body, Date.now());
    if (body !== this.sent) void this.post(body).catch(() => {});
  }

  /** Marks what stands in the form as not saved, because it was brought back from the tab. */
  distrust(): void {
    this.saved = "";
    this.schedule(0);
  }

  private body(): string {
    const values = [...new FormData(this.form)].filter((entry): entry is [string, string] => typeof entry[1] === "string");
    return new URLSearchParams(values).toString();
  }

  private schedule(millis: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.flush(), millis);
  }

  private async save(): Promise<Outcome> {
    const body = this.body();
    if (this.isResting || body === this.saved || !this.form.isConnected) return "saved";
    const outcome = await this.tried(body);
    if (outcome === "saved") {
      this.failures = 0;
      this.saved = body;
      forget(this.form);
      return outcome;
    }
    keep(this.form, body, Date.now());
    this.failures += 1;
    if (outcome === "signed out") signedOut(this.form);
    else say(this.form, this.form.dataset.saveFailed ?? "", "failed");
    // A new session may come from another tab.
    if (this.form.isConnected) this.schedule(retryDelay(this.failures));
    return outcome;
  }

  private async tried(body: string): Promise<Outcome> {
    this.sent = body;
    try {
      const answer = await this.post(body, { signal: AbortSignal.timeout(PATIENCE_MILLIS) });
      if (answer.status === 401 || answer.type === "opaqueredirect" || answer.headers.has("HX-Redirect")) return "signed out";
      if (!answer.ok) return "refused";
      const words = (await answer.text()).trim();
      if (words !== "") this.tell(words);
      return "saved";
    } catch {
      return "unreachable";
    } finally {
      this.sent = "";
    }
  }

  /** Says when it was saved. A reload shows the draft again, where it has an address of its own. */
  private tell(words: string): void {
    const { here } = this.form.dataset;
    say(this.form, words, "fine");
    if (here) history.replaceState(history.state, "", here);
  }

  private post(body: string, options?: RequestInit): Promise<Response> {
    const keepalive = body.length < FAREWELL_MAX;
    const headers = { "Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true" };
    return fetch(this.form.dataset.save ?? "", { method: "POST", body, headers, redirect: "manual", keepalive, ...options });
  }
}

const known = new WeakMap<HTMLFormElement, Draft>();

export function draftOf(form: HTMLFormElement): Draft | undefined {
  return known.get(form);
}

export function adopt(form: HTMLFormElement, isRestored: boolean): void {
  if (!form.dataset.save) return;
  const draft = new Draft(form);
  known.set(form, draft);
  if (isRestored) draft.distrust();
}

for (const name of ["input", "change"]) {
  document.addEventListener(name, ({ target }) => {
    const form = draftAround(target);
    if (form) draftOf(form)?.changed();
  });
}

document.addEventListener("focusout", ({ target, relatedTarget }) => {
  const form = draftAround(target);
  if (form && !(relatedTarget instanceof Node && form.contains(relatedTarget))) void draftOf(form)?.flush();
});

function each(act: (draft: Draft) => unknown): void {
  for (const form of drafts()) {
    const draft = draftOf(form);
    if (draft) act(draft);
  }
}

document.addEventListener("visibilitychange", () => document.hidden && each((draft) => draft.flush()));
window.addEventListener("online", () => each((draft) => draft.flush()));
window.addEventListener("pagehide", () => each((draft) => draft.leave()));
window.addEventListener("pageshow", ({ persisted }) => persisted && each((draft) => draft.wake()));
