// A button that shows what is typed into a password field. Without this script there is no such button.

import { closest } from "./dom";

for (const button of document.querySelectorAll<HTMLElement>("[data-reveal]")) button.hidden = false;

document.addEventListener("click", (event) => {
  const button = closest(event, "[data-reveal]");
  const field = document.getElementById(button?.dataset.reveal ?? "");
  if (!button || !(field instanceof HTMLInputElement)) return;
  const shows = field.type === "password";
  field.type = shows ? "text" : "password";
  button.setAttribute("aria-pressed", String(shows));
  field.focus();
});
