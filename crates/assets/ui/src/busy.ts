// Waiting: nothing for 300 ms, then `aria-busy`, and a skeleton where the region is still empty.

import { fromTemplate } from "./dom";

const PATIENCE_MILLIS = 300;
const waiting = new Map<unknown, { timer: number; region: Element }>();

document.addEventListener("htmx:beforeRequest", (event) => {
  const { xhr, target } = (event as CustomEvent).detail;
  if (!(target instanceof Element)) return;
  waiting.set(xhr, { region: target, timer: window.setTimeout(() => show(target), PATIENCE_MILLIS) });
});

document.addEventListener("htmx:afterRequest", (event) => {
  const { xhr } = (event as CustomEvent).detail;
  const request = waiting.get(xhr);
  if (!request) return;
  window.clearTimeout(request.timer);
  waiting.delete(xhr);
  if ([...waiting.values()].some((other) => other.region === request.region)) return;
  request.region.removeAttribute("aria-busy");
  request.region.querySelector(":scope > [data-skeleton]")?.remove();
});

function show(region: Element): void {
  region.setAttribute("aria-busy", "true");
  const skeleton = region.childElementCount === 0 ? fromTemplate("t-skeleton") : null;
  if (!skeleton) return;
  skeleton.dataset.skeleton = "";
  region.append(skeleton);
}
