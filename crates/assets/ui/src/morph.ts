// `hx-swap="morph:outerHTML"` and `morph:innerHTML`: changes only what differs, so that focus, scroll
// position and open folds survive. The extension that comes with the library would also evaluate text.

import htmx from "htmx.org";
import { Idiomorph } from "idiomorph";

const STYLES: Record<string, "outerHTML" | "innerHTML"> = {
  morph: "outerHTML",
  "morph:outerHTML": "outerHTML",
  "morph:innerHTML": "innerHTML",
};

// What the reader opened and typed and how high a mail is, the server does not know.
const OURS: Record<string, string> = { open: "details, dialog", style: "iframe.mailframe", value: "input:focus, textarea:focus" };
const VALUES = ["value", "checked", "selected"];

// What was typed while an answer was on its way is newer than the answer.
const typedAt = new WeakMap<Element, number>();
const askedAt = new WeakMap<object, number>();
let answered = Infinity;

document.addEventListener("input", ({ target }) => {
  if (target instanceof Element) typedAt.set(target, performance.now());
});
document.addEventListener("htmx:beforeSend", (event) => askedAt.set((event as CustomEvent).detail.xhr, performance.now()));
document.addEventListener("htmx:beforeSwap", (event) => (answered = askedAt.get((event as CustomEvent).detail.xhr) ?? Infinity));

function isNewer(name: string, element: Element): boolean {
  if (!VALUES.includes(name)) return false;
  const control = element instanceof HTMLOptionElement ? element.closest("select") : element;
  return control !== null && (typedAt.get(control) ?? -1) > answered;
}

const callbacks = {
  // What was fetched into the popover of a message stays there, and so does what is being written.
  beforeNodeMorphed: (node: Node) => !(node instanceof Element && node.matches(".whypop, .composer")),
  beforeAttributeUpdated: (name: string, element: Element) => !(name in OURS && element.matches(OURS[name] ?? "")) && !isNewer(name, element),
};

htmx.defineExtension("morph", {
  isInlineSwap: (style: string) => STYLES[style] === "outerHTML",
  handleSwap: (style: string, target: Element, fragment: DocumentFragment) => {
    const morphStyle = STYLES[style];
    if (!morphStyle) return false;
    // A composer that is meant itself comes anew: its editor cannot be morphed.
    if (target.matches(".composer")) return replaced(target, fragment);
    return Idiomorph.morph(target, fragment.children, { morphStyle, callbacks });
  },
} as never);

function replaced(target: Element, fragment: DocumentFragment): Element[] {
  const fresh = [...fragment.children];
  target.replaceWith(...fresh);
  return fresh;
}
