// Lists of rows: moving with J and K, selecting with X, opening. The current row has `aria-current`.

import htmx from "htmx.org";
import { isTyping, scope } from "./dom";
import type { Key } from "./keys";
import { counted, moved } from "./rows";

const ROW = "li.trow, li[data-row]";
/** What chooses a row: tickets, and mails that are to be placed. */
const BOX = "input[type=checkbox]:is([name=ticket], [name=mail])";
let current: string | null = null;
let selected = new Set<string>();
let moveOn = false;

export function pressed({ name, mod, event }: Key): boolean {
  if (scope() !== document || isTyping(event.target) || rows().length === 0) return false;
  const plain = mod === "";
  if (name === "j" || (name === "ArrowDown" && inList(event))) return (plain || mod === "shift") && move(1, mod === "shift");
  if (name === "k" || (name === "ArrowUp" && inList(event))) return (plain || mod === "shift") && move(-1, mod === "shift");
  if (name === "x" && plain) return toggle();
  if (name === "a" && mod === "ctrl") return selectAll(true);
  if (name === "Escape" && plain) return boxes().some((box) => box.checked) && selectAll(false);
  if (name === "Enter" && plain && document.activeElement === document.body) return open();
  if (name === "c" && plain) return begin();
  return false;
}

/** The key of the current row: a ticket number, or what `data-row` says. */
export function currentRow(): string | null {
  return current !== null && byKey(current) ? current : null;
}

export function keyOf(row: HTMLElement | null | undefined): string | null {
  return row ? (row.dataset.row ?? row.id.slice("t-".length)) : null;
}

export function rowKeys(): string[] {
  return rows().map((row) => keyOf(row) ?? "");
}

/** Makes this row the current one and gives it the focus. */
export function focusRow(key: string): boolean {
  const row = byKey(key);
  if (!row) return false;
  setCurrent(key);
  link(row)?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  return true;
}

/** Moves to the next row; at the end it loads more, if there is more. */
export function move(step: 1 | -1, extend = false): boolean {
  if (extend) check(currentRow());
  const next = moved(rowKeys(), currentRow(), step);
  if (next === "beyond") {
    const more = document.querySelector<HTMLElement>("a[data-more]");
    moveOn = more !== null;
    more?.click();
    return true;
  }
  if (next === null) return false;
  focusRow(next);
  if (extend) check(next);
  return true;
}

function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(ROW)];
}

function byKey(key: string): HTMLElement | undefined {
  return rows().find((row) => keyOf(row) === key);
}

function link(row: HTMLElement): HTMLAnchorElement | null {
  return row.querySelector<HTMLAnchorElement>("a[href]");
}

function inList(event: Event): boolean {
  return event.target === document.body || (event.target instanceof Element && event.target.closest(ROW) !== null);
}

function boxes(): HTMLInputElement[] {
  return rows().flatMap((row) => [...row.querySelectorAll<HTMLInputElement>(BOX)]);
}

function box(key: string | null): HTMLInputElement | undefined {
  return boxes().find((box) => keyOf(box.closest<HTMLElement>(ROW)) === key);
}

function open(): boolean {
  const row = current === null ? undefined : byKey(current);
  if (row) link(row)?.click();
  return row !== undefined;
}

/** Begins a new ticket of the current row, where rows are customers. */
function begin(): boolean {
  const address = current === null ? undefined : byKey(current)?.dataset.newTicket;
  if (address) location.assign(address);
  return address !== undefined;
}

function setCurrent(key: string | null): void {
  current = key;
  for (const row of rows()) {
    if (keyOf(row) === key) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
  if (key !== null) sessionStorage.setItem(`row:${location.pathname}${location.search}`, key);
}

function toggle(): boolean {
  const found = box(currentRow());
  found?.click();
  return found !== undefined;
}

function check(key: string | null): void {
  const found = box(key);
  if (found && !found.checked) found.click();
}

function selectAll(on: boolean): boolean {
  const all = boxes();
  for (const box of all) box.checked = on;
  // The page listens for the first selected row; browsers are silent when a script selects.
  all[0]?.dispatchEvent(new Event("change", { bubbles: true }));
  return all.length > 0;
}

function showSelection(): void {
  const checked = boxes().filter((box) => box.checked);
  selected = new Set(checked.map((box) => keyOf(box.closest<HTMLElement>(ROW)) ?? ""));
  for (const action of document.querySelectorAll<HTMLElement>("[data-least]")) action.hidden = checked.length < Number(action.dataset.least);
  for (const place of document.querySelectorAll<HTMLElement>("[data-selected]")) {
    place.textContent = counted(checked.length, place.dataset.one ?? "", place.dataset.many ?? "");
  }
}

// A key of the bulk bar is pressed: it means the selected rows, else the current one.
document.addEventListener("key:hidden", (event) => {
  if (!(event.target instanceof Element) || !event.target.closest(".bulk")) return;
  if (!boxes().some((box) => box.checked)) check(currentRow());
  if (boxes().some((box) => box.checked)) event.preventDefault();
});

document.addEventListener("change", (event) => {
  if (event.target instanceof HTMLInputElement && event.target.matches(BOX)) showSelection();
});

document.addEventListener("focusin", (event) => {
  const row = event.target instanceof Element ? event.target.closest<HTMLElement>(ROW) : null;
  if (row && keyOf(row) !== current) setCurrent(keyOf(row));
});

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const button = event.target.closest("[data-unselect]");
  if (button) selectAll(false);
});

document.addEventListener("selection:clear", () => selectAll(false));

// What was taken back comes back to where it was.
document.addEventListener("selection:undone", () => {
  const list = document.getElementById("selection");
  if (list) htmx.ajax("get", location.href, { target: list, select: "#selection", swap: "morph:outerHTML" });
});

// A swapped list comes without selection and current row; both belong to the reader, not to the server.
document.addEventListener("htmx:afterSettle", () => {
  for (const box of boxes()) {
    if (selected.has(keyOf(box.closest<HTMLElement>(ROW)) ?? "")) box.checked = true;
  }
  showSelection();
  if (currentRow() !== null) setCurrent(current);
  if (moveOn) {
    moveOn = false;
    move(1);
  }
});

const remembered = sessionStorage.getItem(`row:${location.pathname}${location.search}`);
if (remembered !== null && byKey(remembered)) {
  setCurrent(remembered);
  byKey(remembered)?.scrollIntoView({ block: "nearest" });
}
