// Rows that are moved with Alt and an arrow, wherever the focus is in them. The buttons do the same.

import { closest } from "./dom";

const MOVES: Record<string, string> = { ArrowUp: "up", ArrowDown: "down" };

document.addEventListener("keydown", (event) => {
  const move = event.altKey && !event.ctrlKey && !event.metaKey && MOVES[event.key];
  const row = move && closest(event, "[data-sort]");
  if (!row || event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLSelectElement) return;
  const button = row.querySelector<HTMLButtonElement>(`[data-move="${move}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});
