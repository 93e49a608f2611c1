// Keeps the count in the title of the tab at what the counters on the page say.

import { withCount } from "./titles";

document.addEventListener("htmx:afterSettle", () => {
  const counter = document.querySelector<HTMLElement>("[data-title-count]");
  if (counter) document.title = withCount(document.title, counter.dataset.titleCount ?? "");
});
