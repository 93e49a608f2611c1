// Sending waits until files have arrived and the draft is saved, and asks when a promised attachment is missing.
// What else may hold a message back, the server says.

import { closest } from "../dom";
import { draftOf } from "./draft";
import { writingOf } from "./editing";
import { failedChip, hasFiles, isUploading, sayUploading, uploaded } from "./files";
import { draftAround } from "./form";
import { forget } from "./kept";
import { mentions } from "./mention";

/** Forms that are being prepared, and those that may go. */
const preparing = new WeakSet<HTMLFormElement>();
const ready = new WeakSet<HTMLFormElement>();

// On the way down, so that neither the browser nor htmx sends before.
document.addEventListener(
  "submit",
  (event) => {
    const form = draftAround(event.target);
    if (!form || form !== event.target) return;
    if (ready.delete(form)) return leave(form);
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!preparing.has(form)) void prepare(form, event.submitter);
  },
  true,
);

async function prepare(form: HTMLFormElement, button: HTMLElement | null): Promise<void> {
  preparing.add(form);
  try {
    // Browsers ignore a form that is sent again while its event is still on the way.
    await new Promise((resolve) => window.setTimeout(resolve));
    if (isUploading(form)) sayUploading(form);
    await uploaded(form);
    const failed = isFinal(button) ? failedChip(form) : null;
    if (failed) return failed.querySelector("button")?.focus();
    if (!(await isAllowed(form))) return writingOf(form)?.focus();
    const saved = await draftOf(form)?.flush();
    // Sending would only lead to a page that does not have the text.
    if (saved === "signed out" || saved === "unreachable" || !form.isConnected) return;
    ready.add(form);
    // htmx knows the pressed button by its click only.
    if (button instanceof HTMLButtonElement && button.form === form) button.click();
    else form.requestSubmit();
  } finally {
    preparing.delete(form);
    ready.delete(form);
  }
}

/** Whether the button sends what was written; others leave the form as it is. */
function isFinal(button: HTMLElement | null): boolean {
  return !(button instanceof HTMLButtonElement && button.formNoValidate);
}

/** Asks if the text speaks of an attachment and there is none. */
function isAllowed(form: HTMLFormElement): Promise<boolean> {
  const words = (form.dataset.attachmentWords ?? "").split(",");
  const dialog = form.querySelector<HTMLDialogElement>("dialog[data-guard=attachment]");
  if (!dialog || hasFiles(form) || !mentions(writingOf(form)?.words() ?? "", words)) return Promise.resolve(true);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "send"), { once: true });
  });
}

// The buttons of the dialog belong to the form around it, but they only answer the question.
document.addEventListener("click", (event) => {
  const button = closest(event, "dialog[data-guard] button");
  if (!(button instanceof HTMLButtonElement)) return;
  event.preventDefault();
  button.closest("dialog")?.close(button.value);
});

function leave(form: HTMLFormElement): void {
  draftOf(form)?.rest();
  // A kept text would come back into the next message.
  forget(form);
}

// The form is still there when sending it failed.
document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, successful } = (event as CustomEvent).detail;
  const form = successful ? null : draftAround(elt);
  if (form) draftOf(form)?.wake();
});

/** The button that Enter in a form means. */
export function sendButton(form: HTMLFormElement, then?: string): HTMLElement | null {
  if (then) return form.querySelector<HTMLElement>(`[data-send="${then}"]`);
  return form.querySelector<HTMLElement>(".tools button:not([type=button], [data-send]:not([data-send='']))");
}
