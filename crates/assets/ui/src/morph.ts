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
const callbacks = {
  // What was fetched into the popover of a message stays there, and so does what is being written.
  beforeNodeMorphed: (node: Node) => !(node instanceof Element && node.matches(".whypop, .composer")),
  beforeAttributeUpdated: (name: string, element: Element) => !(name in OURS && element.matches(OURS[name] ?? "")),
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
