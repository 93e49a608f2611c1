// A request that failed: what was typed stays, a banner says so and offers to try again.

import htmx from "htmx.org";
import { hideBanner, showBanner } from "./banner";

interface Sent {
  verb: string;
  path: string;
  target: Element;
  formData: FormData;
  triggeringEvent?: Event;
}

let missing: Sent | undefined;

function failed(event: Event): void {
  const { elt, requestConfig } = (event as CustomEvent).detail;
  // A background refresh that fails is the business of the stream, which says that it is offline.
  if (requestConfig?.triggeringEvent?.type?.startsWith("live:")) return;
  missing = requestConfig;
  showBanner("t-error", { retry: () => again(elt, requestConfig) });
}

/** Sends what was chosen then: a refresh since may have brought the old value back to the page. */
function again(elt: Element, { verb, path, target, formData }: Sent): void {
  if (!elt.isConnected) return location.reload();
  void htmx.ajax(verb as "get", path, { source: elt, target, values: formData });
}

/** Only the request itself makes up for its failure. */
function succeeded({ verb, path }: Sent): void {
  if (verb !== missing?.verb || path !== missing.path) return;
  missing = undefined;
  hideBanner("t-error");
}

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(name, failed);
document.addEventListener("htmx:afterRequest", (event) => {
  const { successful, requestConfig } = (event as CustomEvent).detail;
  if (successful) succeeded(requestConfig);
});
