// Tells the others who looks at this ticket and who writes, and shows what they tell.

import { draftAround } from "./form";

const LOOKING_MILLIS = 20_000;
const TYPING_MILLIS = 3_000;

type State = "looking" | "typing" | "gone";

let typedAt = Number.NEGATIVE_INFINITY;

function composer(): HTMLElement | null {
  return document.querySelector<HTMLElement>(".composer[data-number]");
}

function address(): string | undefined {
  const number = composer()?.dataset.number;
  return number && `/tickets/${encodeURIComponent(number)}/presence`;
}

async function exchange(state?: State): Promise<void> {
  const path = address();
  const place = document.getElementById("presence");
  if (!path || !place) return;
  const body = state && new URLSearchParams({ state });
  try {
    const answer = await fetch(path, { method: body ? "POST" : "GET", body, headers: { "HX-Request": "true" }, redirect: "error" });
    if (answer.ok && answer.status !== 204) show(place, await answer.text());
  } catch {
    // Who else is here is no news worth a sentence; the next beat asks again.
  }
}

/** The answer is the region itself, or what stands in it. */
function show(place: HTMLElement, html: string): void {
  const template = document.createElement("template");
  template.innerHTML = html;
  const content = template.content.getElementById("presence") ?? template.content;
  // The same words again would be read out again.
  const other = document.createElement("div");
  other.append(...content.childNodes);
  if (other.innerHTML !== place.innerHTML) place.replaceChildren(...other.childNodes);
}

function look(): void {
  if (!document.hidden) void exchange("looking");
}

document.addEventListener("input", ({ target, timeStamp }) => {
  if (!draftAround(target) || timeStamp - typedAt < TYPING_MILLIS) return;
  typedAt = timeStamp;
  void exchange("typing");
});

document.body.addEventListener("live:presence", (event) => {
  const { ids } = (event as CustomEvent<{ ids?: string[] }>).detail;
  const own = composer()?.dataset.liveId;
  if (!ids || own === undefined || ids.includes(own)) void exchange();
});

window.addEventListener("pagehide", () => {
  const path = address();
  if (path) navigator.sendBeacon(path, new URLSearchParams({ state: "gone" }));
});
window.addEventListener("pageshow", ({ persisted }) => persisted && look());
document.addEventListener("visibilitychange", look);

window.setInterval(look, LOOKING_MILLIS);
look();
