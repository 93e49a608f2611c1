// A draft that the server does not have stays in this tab until it has it: nobody loses a text because a session
// has ended or the network is away.

import { say } from "./form";

/** Fields that belong to the page and not to the writer. */
const NOT_OURS = ["seen", "uploads", "once"];

interface Kept {
  body: string;
  /** In milliseconds. */
  at: number;
}

/** Each new ticket that was begun is kept under its own mark, so that none gets the text of another one. */
function name(form: HTMLFormElement, mark = value(form, "once")): string {
  return `draft:${form.dataset.save}${mark && ` ${mark}`}`;
}

function value(form: HTMLFormElement, field: string): string {
  return (form.elements.namedItem(field) as HTMLInputElement | null)?.value ?? "";
}

export function keep(form: HTMLFormElement, body: string, now: number): void {
  const kept: Kept = { body, at: now };
  try {
    sessionStorage.setItem(name(form), JSON.stringify(kept));
  } catch {
    // The text is larger than the browser keeps; it still stands in the form.
  }
}

export function forget(form: HTMLFormElement): void {
  sessionStorage.removeItem(name(form));
}

/**
 * Brings back a kept text, unless the server has a later one. Tells whether it did. It stays kept until the server
 * has it: what a page writes as it is left may come too late for the next one.
 */
export function restore(form: HTMLFormElement): boolean {
  if (read(name(form)) === undefined && value(form, "once") !== "") lookElsewhere(form);
  const kept = read(name(form));
  if (kept === undefined) return false;
  const ours = [...new URLSearchParams(kept.body)].filter(([field]) => !NOT_OURS.includes(field));
  const isNewer = savedAt(form) < kept.at;
  const isChanged = isNewer && ours.filter(([field, value]) => fill(form.elements.namedItem(field), value)).length > 0;
  if (!isChanged) forget(form);
  return isChanged;
}

function read(key: string): Kept | undefined {
  const kept = sessionStorage.getItem(key);
  return kept === null ? undefined : (JSON.parse(kept) as Kept);
}

/** In milliseconds; without it there is nothing on the server. */
function savedAt(form: HTMLFormElement): number {
  return Number(form.dataset.savedAt ?? 0);
}

/**
 * The form got a new mark, and there are texts under others. One is gone back to if the reader means it: by its
 * address, by a reload or the way back, or by an address that says nothing, which means the last one. Any other form
 * stays empty.
 */
function lookElsewhere(form: HTMLFormElement): void {
  const asked = new URLSearchParams(location.search).get("draft");
  const isUnknown = asked !== null && savedAt(form) === 0 && read(name(form, asked)) !== undefined;
  if (isUnknown) become(form, asked);
  const before = (history.state as Place | null)?.form;
  const here = before ? read(name(form, before)) : undefined;
  const last = location.search === "" ? others(form).sort((one, other) => other.at - one.at)[0] : undefined;
  const meant = isUnknown ? undefined : (here ?? last);
  // The server may have it by now, with its files.
  if (meant && meant.at > savedAt(form)) return location.replace(home(form, meant.body));
  const place: Place = { ...history.state, form: value(form, "once") };
  history.replaceState(place, "");
}

/** What the history of the browser knows of a page: the mark of its form. */
interface Place {
  form?: string;
}

function others(form: HTMLFormElement): Kept[] {
  const keys = Object.keys(sessionStorage).filter((key) => key.startsWith(`draft:${form.dataset.save} `));
  return keys.map(read).filter((kept): kept is Kept => kept !== undefined);
}

/** The server does not know the mark yet: the form takes it on. */
function become(form: HTMLFormElement, mark: string): void {
  const field = form.elements.namedItem("once") as HTMLInputElement;
  field.value = mark;
  form.dataset.here = `${location.pathname}?draft=${encodeURIComponent(mark)}`;
}

/** Where this text belongs: the address of its draft, with what an empty form needs to take it up. */
function home(form: HTMLFormElement, body: string): string {
  const fields = new URLSearchParams(body);
  const said = ["kind", "contact", "company"].filter((field) => fields.get(field));
  const query = new URLSearchParams([["draft", fields.get("once") ?? ""], ...said.map((field) => [field, fields.get(field) ?? ""])]);
  const path = new URL(form.dataset.here ?? "", location.href).pathname;
  return `${path}?${query}`;
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
  const kept = form.dataset.here ? read(name(form)) : undefined;
  const here = kept ? home(form, kept.body) : location.pathname + location.search;
  say(form, form.dataset.signedOut ?? "", "failed", `/signin?back=${encodeURIComponent(here)}`);
}
