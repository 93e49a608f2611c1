// A draft that the server does not have stays in this tab until it has it: nobody loses a text because a session
// has ended or the network is away.

import { say } from "./form";

/** Fields that belong to the page and not to the writer. */
const NOT_OURS = ["seen", "uploads", "once"];

function name(form: HTMLFormElement): string {
  return `draft:${form.dataset.save}`;
}

export function keep(form: HTMLFormElement, body: string, now: number): void {
  try {
    sessionStorage.setItem(name(form), JSON.stringify({ body, at: now }));
  } catch {
    // The text is larger than the browser keeps; it still stands in the form.
  }
}

export function forget(form: HTMLFormElement): void {
  sessionStorage.removeItem(name(form));
}

/** Brings back a kept text, unless the server has a later one. Tells whether it did. */
export function restore(form: HTMLFormElement): boolean {
  const kept = sessionStorage.getItem(name(form));
  if (kept === null) return false;
  const { body, at } = JSON.parse(kept) as { body: string; at: number };
  const fields = new URLSearchParams(body);
  if (isAnother(form, fields.get("once"))) return false;
  forget(form);
  // In milliseconds; without it there is nothing on the server.
  if (Number(form.dataset.savedAt ?? 0) >= at) return false;
  const ours = [...fields].filter(([field]) => !NOT_OURS.includes(field));
  return ours.filter(([field, value]) => fill(form.elements.namedItem(field), value)).length > 0;
}

/** Whether a form with a mark is another one than that with the kept text, and not a new empty one. */
function isAnother(form: HTMLFormElement, mark: string | null): boolean {
  const value = (field: string) => (form.elements.namedItem(field) as HTMLInputElement | null)?.value ?? "";
  const isNew = form.dataset.savedAt === undefined && value("contact") === "" && value("company") === "";
  return mark !== null && value("once") !== mark && !isNew;
}

/** Tells whether that changes the field. */
function fill(field: Element | RadioNodeList | null, value: string): boolean {
  if (field instanceof HTMLInputElement && field.type === "checkbox") {
    const before = field.checked;
    field.checked = true;
    return !before;
  }
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement)) return false;
  const before = field.value;
  field.value = value;
  return field.value !== before;
}

/** Says that the session has ended, and leads back here after signing in. */
export function signedOut(form: HTMLFormElement): void {
  const back = encodeURIComponent(location.pathname + location.search);
  say(form, form.dataset.signedOut ?? "", "failed", `/signin?back=${back}`);
}
