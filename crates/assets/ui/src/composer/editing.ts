// The editor comes when somebody first writes, and takes the place of the plain field. Until then, and if it
// cannot be loaded, the field works as it is; the form always holds the text and its HTML.

import type { RichText } from "../editor/editor";
import { closest } from "../dom";
import { addFiles } from "./files";
import { announce, draftAround, htmlField, isPlain, textarea } from "./form";
import { PlainWriting, type Writing } from "./writing";

interface Editing {
  rich?: RichText;
  isLoading: boolean;
  /** The text when the HTML was last in step with it. */
  agreed: string;
}

const editings = new WeakMap<HTMLTextAreaElement, Editing>();

function editingOf(area: HTMLTextAreaElement): Editing {
  const known = editings.get(area);
  if (known) return known;
  const made: Editing = { isLoading: false, agreed: area.value };
  editings.set(area, made);
  return made;
}

/** What is written into at the moment: the editor, or the plain field. */
export function writingOf(form: HTMLFormElement): Writing | undefined {
  const area = textarea(form);
  if (!area) return undefined;
  const { rich } = editingOf(area);
  return rich && !isPlain(form) ? rich : new PlainWriting(area);
}

/** Notes what the page came with, and loads the editor at once for a text that has formats. */
export function adopt(form: HTMLFormElement): void {
  const area = textarea(form);
  if (!area?.matches("[data-editor]")) return;
  editingOf(area);
  if (document.activeElement === area || (htmlField(form)?.value && form.checkVisibility())) void load(area);
}

export async function load(area: HTMLTextAreaElement): Promise<void> {
  const form = area.form;
  const editing = editingOf(area);
  if (!form || editing.rich || editing.isLoading || isPlain(form)) return;
  editing.isLoading = true;
  try {
    const { RichText } = await import("../editor/editor");
    await composed(area);
    if (area.isConnected && !isPlain(form)) take(form, area, editing, RichText);
  } catch (error) {
    console.info("The plain field stays, because the editor did not load.", error);
  } finally {
    editing.isLoading = false;
  }
}

/** Taking the field away in the midst of a composed character would lose it. */
function composed(area: HTMLTextAreaElement): Promise<unknown> | undefined {
  if (!composing.has(area)) return undefined;
  return new Promise((resolve) => area.addEventListener("compositionend", () => window.setTimeout(resolve), { once: true }));
}

const composing = new WeakSet<EventTarget>();
document.addEventListener("compositionstart", ({ target }) => target && composing.add(target));
document.addEventListener("compositionend", ({ target }) => target && composing.delete(target));

function take(form: HTMLFormElement, area: HTMLTextAreaElement, editing: Editing, Editor: typeof RichText): void {
  const html = htmlField(form);
  const caret = document.activeElement === area ? area.selectionStart : undefined;
  const rich = new Editor({
    area,
    html: html?.value ?? "",
    agreed: editing.agreed,
    changed: (written) => {
      if (html) html.value = written.html;
      area.value = editing.agreed = written.text;
      announce(area);
    },
    pasted: (files) => addFiles(form, files, "inline"),
  });
  editing.rich = rich;
  if (caret !== undefined) rich.focusAt(caret);
  area.hidden = true;
}

/** `Nur Text` gives the field back, with the text as it is now; the formats wait in the editor. */
function showPlain(form: HTMLFormElement, area: HTMLTextAreaElement): void {
  const { rich, agreed } = editingOf(area);
  const plain = isPlain(form);
  if (!rich) return void (plain || load(area));
  rich.show(!plain);
  area.hidden = !plain;
  if (!plain) rich.catchUp(agreed, area.value);
}

document.addEventListener("focusin", ({ target }) => {
  if (target instanceof HTMLTextAreaElement && target.matches("form.draft [data-editor]")) void load(target);
});

document.addEventListener("change", (event) => {
  const form = closest(event, "input[name=plain]") && draftAround(event.target);
  const area = form && textarea(form);
  if (area?.matches("[data-editor]")) showPlain(form as HTMLFormElement, area);
});

// Whoever types into the plain field because there is no editor means this text, and not HTML from before.
document.addEventListener("input", ({ target }) => {
  const form = draftAround(target);
  if (!form || !(target instanceof HTMLTextAreaElement) || !target.matches("[data-editor]") || isPlain(form)) return;
  const { rich, isLoading } = editingOf(target);
  const html = htmlField(form);
  if (!rich && !isLoading && html) html.value = "";
});

