// A request that failed: what was typed stays, a banner says so and offers to try again or to sign in.

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

/** Nobody waits for what the page asks by itself. */
const isBackground = (sent?: Sent) => sent?.triggeringEvent?.type?.startsWith("live:") ?? false;

function failed(event: Event): void {
  const { elt, requestConfig } = (event as CustomEvent).detail;
  // A background refresh that fails is the business of the stream, which says that it is offline.
  if (isBackground(requestConfig)) return;
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

/** A background refresh that finds nobody signed in must not take away a page on which somebody may be writing. */
function signedOut(event: Event): void {
  const { xhr, requestConfig } = (event as CustomEvent).detail;
  if (!isBackground(requestConfig) || !xhr.getResponseHeader("HX-Redirect")?.startsWith("/signin")) return;
  event.preventDefault();
  hideBanner("t-offline");
  showBanner("t-signed-out", { back: location.pathname + location.search });
}

document.addEventListener("htmx:beforeOnLoad", signedOut);
for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(name, failed);
document.addEventListener("htmx:afterRequest", (event) => {
  const { successful, requestConfig } = (event as CustomEvent).detail;
  if (successful) succeeded(requestConfig);
});
