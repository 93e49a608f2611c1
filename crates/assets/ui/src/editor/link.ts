// A small field that asks for the address of a link. Empty, it takes the link away.

import type { Editor } from "@tiptap/core";
import { isLink } from "./schema";

export function askForLink(editor: Editor, button: HTMLElement): void {
  const pop = document.createElement("div");
  const field = document.createElement("input");
  pop.className = "linkpop";
  pop.setAttribute("popover", "auto");
  Object.assign(field, { className: "input", inputMode: "url", autocomplete: "off", placeholder: "https://" });
  field.setAttribute("aria-label", button.getAttribute("aria-label") ?? "");
  field.value = editor.getAttributes("link").href ?? "";
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    // Neither sends the form nor reaches the handlers of the page.
    event.stopPropagation();
    if (setLink(editor, field.value)) pop.hidePopover();
    else field.setAttribute("aria-invalid", "true");
  });
  field.addEventListener("input", (event) => {
    event.stopPropagation();
    field.removeAttribute("aria-invalid");
  });
  pop.addEventListener("toggle", (event) => {
    if ((event as ToggleEvent).newState === "open") return;
    pop.remove();
    editor.view.focus();
  });
  pop.append(field);
  button.after(pop);
  pop.showPopover();
  place(pop, button);
  field.focus();
  field.select();
}

function place(pop: HTMLElement, button: HTMLElement): void {
  const box = button.getBoundingClientRect();
  pop.style.setProperty("--x", `${Math.max(8, Math.min(box.left, innerWidth - pop.offsetWidth - 8))}px`);
  pop.style.setProperty("--y", `${Math.max(8, box.top - pop.offsetHeight - 4)}px`);
}

/** Whether the address could be a link; without a scheme it is taken for one of the web or of a mailbox. */
function setLink(editor: Editor, typed: string): boolean {
  const text = typed.trim();
  const chain = () => editor.chain().extendMarkRange("link");
  if (text === "") return chain().unsetLink().run();
  const href = isLink(text) ? text : /^[^\s@:/]+@[^\s@]+$/.test(text) ? `mailto:${text}` : `https://${text}`;
  if (!isLink(href) || (!isLink(text) && /^[a-z][a-z0-9+.-]*:/i.test(text))) return false;
  if (!editor.state.selection.empty || editor.isActive("link")) return chain().setLink({ href }).run();
  return chain().insertContent({ type: "text", text, marks: [{ type: "link", attrs: { href } }] }).run();
}
