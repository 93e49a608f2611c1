// The palette: a combobox. The field asks the server as one types; the results are options.

import htmx from "htmx.org";
import { closest, withDialogs } from "./dom";
import { type Key, press } from "./keys";
import { currentRow } from "./list";

/** What is typed after Ctrl+K until the dialog is there; `null` while nobody waits for it. */
let typedBefore: string | null = null;

export function pressed({ name, mod, event }: Key): boolean {
  if (name === "k" && mod === "ctrl") {
    typedBefore ??= "";
    if (withDialogs(open)) return true;
    typedBefore = null;
    return false;
  }
  if (name === "Escape") typedBefore = null;
  if (typedBefore === null || mod.includes("ctrl") || event.key.length > 1) return false;
  typedBefore += event.key;
  return true;
}

function palette(): HTMLDialogElement | null {
  return document.querySelector<HTMLDialogElement>("dialog#palette");
}

function input(dialog: HTMLElement): HTMLInputElement | null {
  return dialog.querySelector<HTMLInputElement>("[role=combobox]");
}

function options(dialog: HTMLElement): HTMLElement[] {
  return [...dialog.querySelectorAll<HTMLElement>("[role=option]")];
}

function open(): void {
  const typed = typedBefore ?? "";
  typedBefore = null;
  const dialog = palette();
  if (!dialog) return;
  if (!dialog.open) dialog.showModal();
  const field = input(dialog);
  field?.focus();
  field?.select();
  if (field && typed !== "") field.value = typed;
  if (field) htmx.trigger(field, "palette:open", {});
}

/** What the results are for, and whether Enter waits for those to what was typed since. */
let answered = "";
let isAwaited = false;

function step(dialog: HTMLElement, by: 1 | -1): void {
  const all = options(dialog);
  const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const next = all[(at + by + all.length) % all.length];
  if (next) select(dialog, next);
}

function select(dialog: HTMLElement, chosen: HTMLElement): void {
  for (const option of options(dialog)) option.setAttribute("aria-selected", String(option === chosen));
  input(dialog)?.setAttribute("aria-activedescendant", chosen.id);
  chosen.scrollIntoView({ block: "nearest" });
}

/** Runs an option: `data-press` presses a key of the page, `data-href` or a link inside goes there. */
function run(dialog: HTMLDialogElement, option: HTMLElement): void {
  dialog.close();
  const link = option.matches("a, button") ? option : option.querySelector<HTMLElement>("a, button");
  if (option.dataset.press) press(option.dataset.press);
  else if (option.dataset.href) location.assign(option.dataset.href);
  else link?.click();
}

document.addEventListener("click", (event) => {
  const dialog = palette();
  if (closest(event, "[data-palette]") && withDialogs(open)) event.preventDefault();
  const option = closest(event, "#palette [role=option]");
  if (!dialog?.open || !option || event.target instanceof HTMLAnchorElement) return;
  event.preventDefault();
  run(dialog, option);
});

document.addEventListener("keydown", (event) => {
  const dialog = palette();
  if (event.isComposing || !dialog?.open || event.target !== input(dialog)) return;
  if (!["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) return;
  event.preventDefault();
  if (event.key !== "Enter") return step(dialog, event.key === "ArrowDown" ? 1 : -1);
  // Whoever types fast means what he typed, not what stands there until the answer comes.
  isAwaited = input(dialog)?.value !== answered;
  if (!isAwaited) runSelected(dialog);
});

function runSelected(dialog: HTMLDialogElement): void {
  const option = options(dialog).find((option) => option.getAttribute("aria-selected") === "true");
  if (option) run(dialog, option);
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, requestConfig } = (event as CustomEvent).detail;
  if (target?.id === "palette-results") answered = requestConfig.parameters.q ?? "";
});

// In a list the commands are for the current ticket.
document.addEventListener("htmx:configRequest", (event) => {
  const row = currentRow();
  if (row === null || !closest(event, "#palette") || !document.getElementById(`t-${row}`)) return;
  (event as CustomEvent<{ formData: FormData }>).detail.formData.set("ticket", row);
});

document.addEventListener("htmx:afterSettle", () => {
  const dialog = palette();
  if (!dialog?.open) return;
  const all = options(dialog);
  input(dialog)?.setAttribute("aria-expanded", String(all.length > 0));
  const chosen = all.find((option) => option.getAttribute("aria-selected") === "true") ?? all[0];
  if (chosen) select(dialog, chosen);
  else input(dialog)?.removeAttribute("aria-activedescendant");
  if (!isAwaited || input(dialog)?.value !== answered) return;
  isAwaited = false;
  runSelected(dialog);
});
