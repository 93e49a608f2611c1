// Reply, note or forward: choosing one with its key or the pointer puts the caret into its text. Below 45rem the
// composer is one line until somebody writes.

import type { Key } from "../keys";
import { closest } from "../dom";
import { writingOf } from "./editing";
import { draftAround, shownDraft } from "./form";
import { sendButton } from "./send";

function write(): void {
  const form = shownDraft();
  if (form) writingOf(form)?.focus();
}

// A key of the page has chosen this kind; arrows in the group choose without leaving it.
document.addEventListener("key:activated", (event) => closest(event, ".composer .mode") && write());
document.addEventListener("click", (event) => {
  if (event.detail > 0 && closest(event, ".composer .mode input")) write();
});

document.addEventListener("focusin", (event) => unfold(closest(event, ".composer")));
// Buttons do not get the focus in every browser; the composer stays open while one works in it. What moved under a
// finger before its tap is over would get the rest of the tap.
document.addEventListener("click", (event) => unfold(closest(event, ".composer, dialog, [popover]")?.closest<HTMLElement>(".composer") ?? null));

function unfold(composer: HTMLElement | null): void {
  for (const other of document.querySelectorAll<HTMLElement>(".composer[data-unfolded]")) if (other !== composer) delete other.dataset.unfolded;
  if (composer) composer.dataset.unfolded = "";
}

/** The keys of the composer. */
export function pressed({ name, mod, event }: Key): boolean {
  const form = draftAround(event.target);
  if (!form) return false;
  if (name === "a" && mod === "ctrl shift") return click(form.querySelector("[data-attach] input[type=file]"));
  // The keys of other forms are those of every form.
  if (!form.matches(".composer *")) return false;
  if (name === "Enter" && mod === "ctrl") return click(sendButton(form));
  if (name === "Enter" && mod === "ctrl shift") return click(sendButton(form, "solve"));
  if (name === "Enter" && mod === "" && isLine(event.target)) return write(), true;
  if (name === "Escape" && mod === "" && !document.querySelector("dialog:modal, :popover-open")) return leave();
  return false;
}

function click(element: HTMLElement | null): boolean {
  element?.click();
  return element !== null;
}

/** Enter in the subject goes on to the text; a message is never sent by it. */
function isLine(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && !["checkbox", "radio", "file"].includes(target.type);
}

/** Back to the conversation, where keys are commands and the arrows scroll. */
function leave(): boolean {
  const thread = document.getElementById("thread");
  if (thread) {
    thread.tabIndex = -1;
    thread.focus({ preventScroll: true });
  } else if (document.activeElement instanceof HTMLElement) {
    document.activeElement.blur();
  }
  unfold(null);
  return true;
}
