// Files of a message: chosen, dropped on the composer or pasted. Each is uploaded at once and shown as a chip.

import { closest } from "../dom";
import { draftAround, filesOf, say, sentence, shownDraft } from "./form";
import { signedOut } from "./kept";
import { type Upload, upload } from "./upload";
import { writingOf } from "./editing";

/** `inline` shows pictures within the text, if the text can show any. */
export type Manner = "attached" | "inline";

interface Waiting {
  form: HTMLFormElement;
  file: File;
  manner: Manner;
  chip: HTMLElement;
  running?: Upload;
}

const waiting = new Set<Waiting>();

export function addFiles(form: HTMLFormElement, files: File[], manner: Manner = "attached"): void {
  for (const file of files) {
    const isShown = manner === "inline" && file.type.startsWith("image/") && writingOf(form)?.showImage !== undefined;
    const one: Waiting = { form, file, manner: isShown ? "inline" : "attached", chip: newChip(form, file) };
    filesOf(form)?.append(one.chip);
    if (file.size === 0) fail(one, sentence(form, "empty", file.name));
    else if (isTooLarge(form, file)) fail(one, sentence(form, "tooLarge", file.name));
    else void send(one);
  }
}

/** Whether a file is on its way. */
export function isUploading(form: HTMLFormElement): boolean {
  return [...waiting].some((one) => one.form === form && one.running);
}

/** Resolves when no file of the form is on its way any more. */
export async function uploaded(form: HTMLFormElement): Promise<void> {
  while (isUploading(form)) {
    await Promise.all([...waiting].filter((one) => one.form === form).map((one) => one.running?.done));
    // What follows an upload is done before anybody asks again.
    await new Promise((resolve) => window.setTimeout(resolve));
  }
}

/** The first chip whose file did not arrive. */
export function failedChip(form: HTMLFormElement): HTMLElement | null {
  return form.querySelector<HTMLElement>(".files > .attach[data-failed]");
}

export function hasFiles(form: HTMLFormElement): boolean {
  return form.querySelector(".files > [data-upload]:not([data-src]), .files > [data-uploading]") !== null;
}

function isTooLarge(form: HTMLFormElement, { size }: File): boolean {
  const most = Number(filesOf(form)?.dataset.bytesMax ?? Number.POSITIVE_INFINITY);
  const chips = [...form.querySelectorAll<HTMLElement>(".files > [data-size]:not([data-failed])")];
  const others = chips.reduce((sum, chip) => sum + Number(chip.dataset.size), 0);
  // The chip of this file stands there already.
  return others > most || size > most;
}

async function send(one: Waiting): Promise<void> {
  const { form, file, chip, manner } = one;
  const address = `${filesOf(form)?.dataset.address ?? ""}${manner === "inline" ? "?inline=1" : ""}`;
  const bar = chip.querySelector("progress");
  waiting.add(one);
  one.running = upload(address, file, (part) => bar && (bar.value = part));
  chip.dataset.uploading = "";
  const sent = await one.running.done;
  one.running = undefined;
  if (!waiting.has(one)) return;
  if (sent.kind === "done") return finish(one, sent.html);
  if (sent.kind === "signed out") signedOut(form);
  fail(one, sent.kind === "refused" ? sent.words : sentence(form, "failed"));
}

function finish(one: Waiting, html: string): void {
  waiting.delete(one);
  const template = document.createElement("template");
  template.innerHTML = html;
  const done = template.content.querySelector<HTMLElement>(".attach");
  if (!done) return fail(one, sentence(one.form, "failed"));
  done.dataset.size ??= String(one.file.size);
  one.chip.replaceWith(done);
  if (one.manner === "inline" && done.dataset.src) writingOf(one.form)?.showImage?.(done.dataset.src, one.file.name);
  changed(one.form);
}

function fail(one: Waiting, words: string): void {
  const { chip, form, file } = one;
  waiting.add(one);
  delete chip.dataset.uploading;
  chip.dataset.failed = "";
  chip.querySelector("progress")?.remove();
  const small = chip.querySelector("small");
  small?.setAttribute("role", "alert");
  if (small) small.textContent = words;
  const retry = button("data-again", "↻", sentence(form, "wordRetry", file.name));
  if (file.size > 0 && !isTooLarge(form, file)) chip.querySelector("[data-cancel]")?.before(retry);
}

function newChip(form: HTMLFormElement, file: File): HTMLElement {
  const chip = document.createElement("span");
  const name = document.createElement("span");
  const bar = document.createElement("progress");
  chip.className = "attach";
  chip.dataset.size = String(file.size);
  name.append(file.name, document.createElement("small"));
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  chip.append(name, bar, button("data-cancel", "×", sentence(form, "wordCancel", file.name)));
  return chip;
}

function button(mark: string, face: string, label: string): HTMLButtonElement {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "x", textContent: face });
  made.setAttribute(mark, "");
  made.setAttribute("aria-label", label);
  return made;
}

function changed(form: HTMLFormElement): void {
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Takes a chip away; the focus goes to its neighbour. */
function drop(form: HTMLFormElement, chip: HTMLElement): void {
  const next = (chip.nextElementSibling ?? chip.previousElementSibling)?.querySelector<HTMLElement>("button");
  chip.remove();
  if (next) next.focus();
  else writingOf(form)?.focus();
  changed(form);
}

document.addEventListener("click", (event) => {
  const form = draftAround(event.target);
  const chip = closest(event, ".files > .attach");
  if (!form || !chip) return;
  const one = [...waiting].find((one) => one.chip === chip);
  if (closest(event, "[data-again]") && one) {
    waiting.delete(one);
    chip.remove();
    addFiles(form, [one.file], one.manner);
  } else if (closest(event, "[data-cancel], [data-remove]")) {
    if (one) waiting.delete(one);
    one?.running?.stop();
    drop(form, chip);
  }
});

document.addEventListener("change", ({ target }) => {
  const form = draftAround(target);
  if (!form || !(target instanceof HTMLInputElement) || target.type !== "file") return;
  addFiles(form, [...(target.files ?? [])]);
  // The same file can be chosen again.
  target.value = "";
});

document.addEventListener("paste", (event) => {
  const form = draftAround(event.target);
  const files = [...(event.clipboardData?.files ?? [])];
  if (event.defaultPrevented || !form || files.length === 0 || event.clipboardData?.getData("text/plain")) return;
  event.preventDefault();
  addFiles(form, files);
});

/** What takes dropped files as a whole: the composer, or another form. */
const DROP_PLACE = ".composer, form[data-save]:not(.draft)";

function composerOf(event: DragEvent): HTMLElement | null {
  return event.dataTransfer?.types.includes("Files") ? closest(event, DROP_PLACE) : null;
}

function showDrop(composer: HTMLElement | null): void {
  for (const other of document.querySelectorAll<HTMLElement>("[data-drop]")) if (other !== composer) delete other.dataset.drop;
  if (composer) composer.dataset.drop = "";
}

document.addEventListener("dragover", (event) => {
  const composer = composerOf(event);
  showDrop(composer);
  if (!composer || !event.dataTransfer) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "copy";
});
document.addEventListener("dragleave", (event) => {
  if (event.relatedTarget === null) showDrop(null);
});

// On the way down: the editor would read a dropped picture as its address.
document.addEventListener(
  "drop",
  (event) => {
    const composer = composerOf(event);
    showDrop(null);
    const form = draftAround(event.target) ?? (composer ? shownDraft() : undefined);
    if (!composer || !form) return;
    event.preventDefault();
    event.stopPropagation();
    const writing = writingOf(form);
    const isInText = event.target instanceof Node && writing?.element.contains(event.target);
    if (isInText) writing?.moveCaret?.(event.clientX, event.clientY);
    addFiles(form, [...(event.dataTransfer?.files ?? [])], isInText ? "inline" : "attached");
  },
  true,
);

/** Says that sending waits for the files. */
export function sayUploading(form: HTMLFormElement): void {
  say(form, form.dataset.uploading ?? "", "waiting");
}
