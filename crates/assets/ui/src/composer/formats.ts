// The button `data-format` shows and hides the bar of formats; the choice is remembered in this browser.

import { closest } from "../dom";
import { load, writingOf } from "./editing";
import { draftAround, drafts, textarea } from "./form";

const KEY = "composer:formats";

export function showFormats(): void {
  const on = localStorage.getItem(KEY) === "on";
  for (const form of drafts()) {
    form.toggleAttribute("data-formats", on);
    form.querySelector("[data-format]")?.setAttribute("aria-pressed", String(on));
  }
}

document.addEventListener("click", (event) => {
  const form = closest(event, "[data-format]") && draftAround(event.target);
  const area = form && textarea(form);
  if (!form || !area) return;
  localStorage.setItem(KEY, form.hasAttribute("data-formats") ? "off" : "on");
  showFormats();
  void load(area).then(() => writingOf(form)?.focus());
});
