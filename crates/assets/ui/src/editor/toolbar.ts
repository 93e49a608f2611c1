// The bar of formats. Its buttons are printed by the page, in the reader's language.

import type { ChainedCommands, Editor } from "@tiptap/core";
import { askForLink } from "./link";

/** What the buttons `data-command` do, and the format of which they show whether it is on. */
const COMMANDS: Record<string, (chain: ChainedCommands) => ChainedCommands> = {
  bold: (chain) => chain.toggleBold(),
  italic: (chain) => chain.toggleItalic(),
  underline: (chain) => chain.toggleUnderline(),
  strike: (chain) => chain.toggleStrike(),
  code: (chain) => chain.toggleCode(),
  bulletList: (chain) => chain.toggleBulletList(),
  orderedList: (chain) => chain.toggleOrderedList(),
  blockquote: (chain) => chain.toggleBlockquote(),
  horizontalRule: (chain) => chain.setHorizontalRule(),
  undo: (chain) => chain.undo(),
  redo: (chain) => chain.redo(),
  clear: (chain) => chain.unsetAllMarks().clearNodes(),
};
const TOGGLES = ["bold", "italic", "underline", "strike", "code", "bulletList", "orderedList", "blockquote", "link"];

/** Makes the bar from the template of the form, if it has one. */
export function toolbar(form: HTMLFormElement, editor: Editor): HTMLElement | undefined {
  const template = form.querySelector<HTMLTemplateElement>("template[data-toolbar]");
  if (!template) return undefined;
  const bar = document.createElement("div");
  bar.className = "toolbar";
  bar.setAttribute("role", "toolbar");
  if (template.dataset.toolbar) bar.setAttribute("aria-label", template.dataset.toolbar);
  bar.append(document.importNode(template.content, true));
  const buttons = [...bar.querySelectorAll<HTMLButtonElement>("[data-command]")];
  bar.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-command]") : null;
    if (button) run(editor, button);
  });
  // The text keeps its focus and its selection while the pointer presses a button.
  bar.addEventListener("pointerdown", (event) => event.target instanceof HTMLInputElement || event.preventDefault());
  bar.addEventListener("mousedown", (event) => event.target instanceof HTMLInputElement || event.preventDefault());
  bar.addEventListener("keydown", (event) => walk(buttons, event));
  const show = () => buttons.forEach((button) => showState(editor, button));
  editor.on("transaction", show);
  show();
  buttons.forEach((button, at) => (button.tabIndex = at === 0 ? 0 : -1));
  return bar;
}

function run(editor: Editor, button: HTMLElement): void {
  const name = button.dataset.command ?? "";
  if (name === "link") return askForLink(editor, button);
  COMMANDS[name]?.(editor.chain().focus()).run();
}

function showState(editor: Editor, button: HTMLButtonElement): void {
  const name = button.dataset.command ?? "";
  if (TOGGLES.includes(name)) button.setAttribute("aria-pressed", String(editor.isActive(name)));
  // A disabled button would lose the focus of those who have just pressed it.
  if (name === "undo" || name === "redo") button.setAttribute("aria-disabled", String(!editor.can()[name]()));
}

/** The bar is one stop of Tab; arrows move in it. */
function walk(buttons: HTMLButtonElement[], event: KeyboardEvent): void {
  const at = buttons.indexOf(event.target as HTMLButtonElement);
  const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  const wanted = buttons[(next + buttons.length) % buttons.length];
  buttons.forEach((button) => (button.tabIndex = button === wanted ? 0 : -1));
  wanted?.focus();
}
