// What happens elsewhere. One stream while the tab is visible; its messages become events on the body,
// to which regions listen with `hx-trigger="live:ticket from:body, live:refresh from:body"`. `live:settled` follows when
// nothing more happened for a while: figures that the server believes for a second are right then.

import { hideBanner, isShown, showBanner } from "./banner";
import { Burst, readMessage, retryDelay } from "./burst";

/** In milliseconds. */
const SETTLED_AFTER = 1100;

const address = document.body.dataset.live;
const burst = new Burst(1000);
let stream: EventSource | undefined;
let retry: number | undefined;
let flushing: number | undefined;
let settling: number | undefined;
let failures = 0;
let connectedAt = new Date();

function open(): void {
  close();
  if (!address || document.hidden) return;
  stream = new EventSource(address);
  stream.addEventListener("open", connected);
  stream.addEventListener("message", (event) => receive(event.data));
  stream.addEventListener("error", lost);
}

function close(): void {
  window.clearTimeout(retry);
  stream?.close();
  stream = undefined;
}

function connected(): void {
  const missed = failures > 0;
  failures = 0;
  connectedAt = new Date();
  hideBanner("t-offline");
  if (missed) refresh();
}

/** The browser's own reconnecting gives up on some errors, so every lost stream is opened anew by us. */
function lost(): void {
  close();
  if (document.hidden) return;
  failures += 1;
  // A server that restarts is back at once; only a second failure is worth a sentence.
  if (failures > 1 || !navigator.onLine) showOffline();
  // A stream cannot tell that nobody is signed in any more; another request can.
  if (failures === 2) tell("live:settled");
  retry = window.setTimeout(open, retryDelay(failures));
}

function showOffline(): void {
  if (isShown("t-signed-out")) return;
  showBanner("t-offline", { since: connectedAt, retry: open });
}

function receive(data: string): void {
  connectedAt = new Date();
  const message = readMessage(data);
  if (!message) return;
  burst.add(message.topic, message.id);
  const delay = burst.delay(performance.now());
  if (flushing === undefined && delay !== undefined) flushing = window.setTimeout(flush, delay);
}

function flush(): void {
  flushing = undefined;
  for (const [topic, ids] of burst.take(performance.now())) {
    tell(`live:${topic}`, { id: ids[ids.length - 1], ids });
  }
  window.clearTimeout(settling);
  settling = window.setTimeout(() => tell("live:settled"), SETTLED_AFTER);
}

function tell(name: string, detail: object = {}): void {
  document.body.dispatchEvent(new CustomEvent(name, { detail }));
}

function refresh(): void {
  tell("live:refresh");
}

// A region with `data-live-id` follows one thing only.
document.addEventListener("htmx:confirm", (event) => {
  const { elt, triggeringEvent } = (event as CustomEvent).detail;
  const wanted = elt instanceof HTMLElement ? elt.dataset.liveId : undefined;
  if (wanted === undefined || !triggeringEvent?.type?.startsWith("live:")) return;
  const ids: string[] | undefined = triggeringEvent.detail?.ids;
  if (ids && !ids.includes(wanted)) event.preventDefault();
});

if (address) {
  open();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return close();
    open();
    refresh();
  });
  window.addEventListener("offline", () => {
    // Streams may survive, but what they announced meanwhile could not be fetched.
    failures += 1;
    showOffline();
  });
  window.addEventListener("online", open);
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    open();
    refresh();
  });
}
