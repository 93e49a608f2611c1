// Toasts: they confirm, offer undo for ten seconds, and stay while the pointer or the focus is on them.

import { closest } from "./dom";
import type { Key } from "./keys";

const LIFE_MILLIS = 10_000;
const timers = new WeakMap<Element, number>();

/** Z undoes what the newest toast confirms. */
export function pressed({ name, mod }: Key): boolean {
  if (name !== "z" || mod !== "") return false;
  const buttons = document.querySelectorAll<HTMLElement>("#toasts [data-undo]");
  const newest = buttons[buttons.length - 1];
  newest?.click();
  return newest !== undefined;
}

function start(toast: Element): void {
  stop(toast);
  timers.set(toast, window.setTimeout(() => toast.remove(), LIFE_MILLIS));
}

function stop(toast: Element): void {
  window.clearTimeout(timers.get(toast));
}

const place = document.getElementById("toasts");
if (place) {
  for (const toast of place.children) start(toast);
  new MutationObserver((changes) => {
    for (const node of changes.flatMap((change) => [...change.addedNodes])) if (node instanceof Element) start(node);
  }).observe(place, { childList: true });
}

for (const name of ["pointerover", "focusin"]) {
  document.addEventListener(name, (event) => {
    const toast = closest(event, "#toasts > *");
    if (toast) stop(toast);
  });
}
for (const name of ["pointerout", "focusout"]) {
  document.addEventListener(name, (event) => {
    const toast = closest(event, "#toasts > *");
    if (toast && !toast.matches(":hover, :focus-within")) start(toast);
  });
}

// The undo itself is an ordinary htmx request of the button; once it was sent, the toast has said everything.
document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, successful } = (event as CustomEvent).detail;
  if (successful && elt instanceof Element && elt.matches("[data-undo]")) elt.closest("#toasts > *")?.remove();
});
