// A request that failed: what was typed stays, a banner says so and offers to try again.

import htmx from "htmx.org";
import { hideBanner, showBanner } from "./banner";

function failed(event: Event): void {
  const { elt, requestConfig } = (event as CustomEvent).detail;
  // A background refresh that fails is the business of the stream, which says that it is offline.
  if (requestConfig?.triggeringEvent?.type?.startsWith("live:")) return;
  showBanner("t-error", { retry: () => again(elt, requestConfig) });
}

function again(elt: Element, { verb, path, target }: { verb: string; path: string; target: Element }): void {
  if (!elt.isConnected) return location.reload();
  void htmx.ajax(verb as "get", path, { source: elt, target });
}

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(name, failed);
document.addEventListener("htmx:afterRequest", (event) => {
  if ((event as CustomEvent).detail.successful) hideBanner("t-error");
});
