// Forms whose text is kept while one writes: those of the composer, one for each kind of message, and that of a new
// ticket; and the sentences that the page has printed on them.

/** The form around this whose text is kept, if there is one. */
export function draftAround(target: EventTarget | null): HTMLFormElement | null {
  return target instanceof Element ? target.closest<HTMLFormElement>("form[data-save]") : null;
}

export function drafts(): HTMLFormElement[] {
  return [...document.querySelectorAll<HTMLFormElement>("form[data-save]")];
}

/** The form of the kind that is chosen. */
export function shownDraft(): HTMLFormElement | undefined {
  return drafts().find((form) => form.checkVisibility());
}

export function textarea(form: HTMLFormElement): HTMLTextAreaElement | null {
  return form.querySelector<HTMLTextAreaElement>("textarea[name=text]");
}

/** A hidden field beside the text: its HTML. */
export function htmlField(form: HTMLFormElement): HTMLInputElement | null {
  return form.querySelector<HTMLInputElement>("input[name=html]");
}

export function isPlain(form: HTMLFormElement): boolean {
  return form.querySelector<HTMLInputElement>("input[name=plain]")?.checked ?? false;
}

/** What the page says of the form's files. */
export function filesOf(form: HTMLFormElement): HTMLElement | null {
  return form.querySelector<HTMLElement>(".files");
}

/** A sentence of the form's files with the name of what it is about: `data-word-remove="{name} entfernen"`. */
export function sentence(form: HTMLFormElement, key: string, name = ""): string {
  return (filesOf(form)?.dataset[key] ?? "{name}").replace("{name}", name);
}

export type Tone = "fine" | "waiting" | "failed";

/** Says something in the status line of the form. The same words again are not said again. */
export function say(form: HTMLFormElement, words: string, tone: Tone, href?: string): void {
  const place = form.querySelector<HTMLElement>(".saved") ?? document.querySelector<HTMLElement>(`.saved[data-of="${form.id}"]`);
  if (!place) return;
  place.dataset.tone = tone;
  if (place.textContent === words && !href) return;
  if (!href) return place.replaceChildren(words);
  const link = document.createElement("a");
  Object.assign(link, { href, textContent: words });
  place.replaceChildren(link);
}

/** Tells everybody who listens that a value of the form has changed without a key of the reader. */
export function announce(field: Element): void {
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
