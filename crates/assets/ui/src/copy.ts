// A button that copies a field. Without this script there is no such button.

import { closest } from "./dom";

for (const button of document.querySelectorAll<HTMLElement>("[data-copy]")) button.hidden = false;

document.addEventListener("click", (event) => {
  const button = closest(event, "[data-copy]");
  const field = document.getElementById(button?.dataset.copy ?? "");
  if (!button || !(field instanceof HTMLInputElement)) return;
  field.select();
  // Pages that came without TLS have no clipboard; what is selected can be copied by hand.
  navigator.clipboard?.writeText(field.value).then(() => {
    const label = button.querySelector("[role=status]");
    if (label) label.textContent = button.dataset.done ?? "";
  }, () => {});
});
