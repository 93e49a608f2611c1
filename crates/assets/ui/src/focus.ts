// After a swap the focus stays where it was; if its element is gone, it goes to the same row or the next one.

import * as list from "./list";
import { successor } from "./rows";

interface Place {
  selector: string | null;
  row: string | null;
  rows: string[];
}
let place: Place | undefined;

document.addEventListener("htmx:beforeSwap", () => {
  const focused = document.activeElement;
  place = undefined;
  if (!(focused instanceof HTMLElement) || focused === document.body) return;
  const row = list.keyOf(focused.closest<HTMLElement>("li.trow, [data-row]"));
  place = { selector: selectorOf(focused), row, rows: list.rowKeys() };
});

document.addEventListener("htmx:afterSettle", () => {
  const focused = document.activeElement;
  if (!place || (focused && focused !== document.body)) return;
  const { selector, row, rows } = place;
  const same = selector === null ? null : document.querySelector<HTMLElement>(selector);
  if (same) return same.focus({ preventScroll: true });
  const next = row === null ? null : successor(rows, row, new Set(list.rowKeys()));
  if (next !== null) list.focusRow(next);
});

/** Names that survive a swap, the surest first. Links of rows are found by their row. */
function selectorOf(element: HTMLElement): string | null {
  if (element.id) return `#${CSS.escape(element.id)}`;
  if (element.dataset.key) return `[data-key="${CSS.escape(element.dataset.key)}"]`;
  const name = element.getAttribute("name");
  const value = element.getAttribute("value");
  if (!name || name === "ticket") return null;
  return element.matches("button, [type=radio], [type=checkbox]") && value !== null
    ? `[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`
    : `[name="${CSS.escape(name)}"]`;
}
