// The preview over the list. Opened with Space; J and K go on in it, Space and Escape close it.

import htmx from "htmx.org";
import { closest, isTyping, scope } from "./dom";
import type { Key } from "./keys";
import * as list from "./list";

export function pressed({ name, mod, event }: Key): boolean {
  const dialog = peek();
  if (!dialog || mod !== "" || isTyping(event.target) || scope() !== document) return false;
  if (!dialog.open) {
    const row = list.currentRow();
    return name === "Space" && row !== null && show(dialog, row);
  }
  if (name === "Space" || name === "Escape") return close(dialog);
  if (name === "j" || name === "k") return list.move(name === "j" ? 1 : -1) && show(dialog, list.currentRow());
  if (name === "Enter") {
    dialog.querySelector<HTMLElement>("a[data-key~='Enter']")?.click();
    return true;
  }
  return false;
}

function peek(): HTMLDialogElement | null {
  return document.querySelector<HTMLDialogElement>("dialog#peek");
}

function show(dialog: HTMLDialogElement, ticket: string | null): boolean {
  if (ticket === null) return false;
  dialog.dataset.ticket = ticket;
  // Without a modal dialog the list stays usable; the focus stays on the row, where J and K move it.
  const focused = document.activeElement;
  if (!dialog.open) dialog.show();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  void htmx.ajax("get", `/tickets/${encodeURIComponent(ticket)}/preview`, { target: dialog, swap: "innerHTML" });
  return true;
}

document.addEventListener("click", (event) => {
  const dialog = peek();
  const step = closest(event, "#peek [data-step]");
  if (dialog && step && list.move(step.dataset.step === "1" ? 1 : -1)) show(dialog, list.currentRow());
});

function close(dialog: HTMLDialogElement): boolean {
  dialog.close();
  return true;
}

// Answers may overtake one another when K is pressed quickly; only the last one asked for is shown.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, pathInfo } = (event as CustomEvent).detail;
  if (target?.id !== "peek" || !target.dataset.ticket) return;
  const wanted = `/tickets/${encodeURIComponent(target.dataset.ticket)}/preview`;
  if (!target.open || pathInfo.requestPath !== wanted) (event as CustomEvent).detail.shouldSwap = false;
});

document.addEventListener(
  "close",
  (event) => {
    if (!(event.target instanceof HTMLDialogElement) || event.target.id !== "peek") return;
    const ticket = event.target.dataset.ticket;
    event.target.replaceChildren();
    if (ticket) list.focusRow(ticket);
  },
  true,
);
