// Opening and closing dialogs with buttons: `data-open="id"`, `data-close`.

import { closest, scope, withDialogs } from "./dom";
import type { Key } from "./keys";

document.addEventListener("click", (event) => {
  const opener = closest(event, "[data-open]");
  const dialog = opener && document.getElementById(opener.dataset.open ?? "");
  if (dialog instanceof HTMLDialogElement) {
    event.preventDefault();
    if (!dialog.open) dialog.showModal();
  }
  const closer = closest(event, "[data-close]");
  if (closer) close(closer);
  // A click beside a modal dialog hits its backdrop, which belongs to the dialog itself.
  if (event.target instanceof HTMLDialogElement && event.target.matches(":modal") && isBeside(event.target, event)) event.target.close();
});

function close(closer: HTMLElement): void {
  closer.closest("dialog")?.close();
  const popover = closer.closest<HTMLElement>("[popover]");
  if (popover?.matches(":popover-open")) popover.hidePopover();
}

function isBeside(dialog: HTMLElement, { clientX, clientY, detail }: MouseEvent): boolean {
  const box = dialog.getBoundingClientRect();
  return detail > 0 && (clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom);
}

// A question stands open for readers without a script; here it takes the page until it is answered or left.
document.addEventListener("htmx:load", () => {
  const question = document.querySelector<HTMLDialogElement>("#question > dialog[open]:not(:modal)");
  question?.close();
  question?.showModal();
});

/** The overview of keys stands on every page. */
export function pressed({ name }: Key): boolean {
  if (name !== "?" || scope() !== document) return false;
  return withDialogs(() => document.querySelector<HTMLDialogElement>("dialog#keys")?.showModal());
}
