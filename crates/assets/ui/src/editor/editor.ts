// The editor: a chunk of its own, fetched when somebody first writes. It shares no module with the page's script,
// because the bundler would move that into a third file; what it needs it is given.

import { Editor } from "@tiptap/core";
import { DOMParser as Parser, Fragment, type Node, Slice } from "@tiptap/pm/model";
import { TextSelection } from "@tiptap/pm/state";
import type { Block, Writing } from "../composer/writing";
import { changeBetween } from "./change";
import { clean, withoutOffice } from "./clean";
import { flatten, htmlOf } from "./plaintext";
import { SCHEMA } from "./schema";
import { toolbar } from "./toolbar";

interface Setting {
  /** The field whose place the editor takes. */
  area: HTMLTextAreaElement;
  html: string;
  /** The text that `html` was made with; what the field has more was typed since. */
  agreed: string;
  changed: (written: Block) => void;
  /** Tells whether it takes the pasted files. */
  pasted: (files: File[]) => void;
}

export class RichText implements Writing {
  private readonly editor: Editor;
  private readonly bar: HTMLElement | undefined;

  constructor({ area, html, agreed, changed, pasted }: Setting) {
    const place = document.createElement("div");
    place.className = "rich";
    area.before(place);
    this.editor = new Editor({
      element: place,
      injectCSS: false,
      extensions: SCHEMA,
      content: html || htmlOf(area.value),
      enablePasteRules: ["link"],
      editorProps: {
        attributes: attributes(area),
        handleDOMEvents: { keydown: (_view, event) => isForThePage(event) },
        transformPastedHTML: clean,
        clipboardTextParser: (text, $context) => this.parse(htmlOf(text), $context.parent),
        handlePaste: (_view, event) => takeFiles(event, pasted),
      },
      onTransaction: ({ editor }) => place.toggleAttribute("data-empty", isEmpty(editor.state.doc)),
      onUpdate: () => changed(this.written()),
    });
    this.bar = area.form ? toolbar(area.form, this.editor) : undefined;
    place.toggleAttribute("data-empty", isEmpty(this.editor.state.doc));
    if (this.bar) place.before(this.bar);
    if (html) this.catchUp(agreed, area.value);
  }

  get element(): HTMLElement {
    return this.editor.view.dom;
  }

  /** At once: the editor's own command waits for the next frame, and keys until then would be commands of the page. */
  focus(): void {
    this.editor.view.focus();
  }

  /** Puts the caret where it was in the plain text. */
  focusAt(offset: number): void {
    const { positions } = flatten(this.editor.state.doc);
    this.editor.commands.setTextSelection(positions[Math.min(offset, positions.length - 1)] ?? 1);
    this.focus();
  }

  show(on: boolean): void {
    const place = this.element.parentElement;
    if (place) place.hidden = !on;
    if (this.bar) this.bar.inert = !on;
  }

  /** Brings into the document what was changed in its plain text meanwhile. */
  catchUp(before: string, now: string): void {
    const change = changeBetween(before, now);
    if (!change) return;
    const { state, view } = this.editor;
    const { positions } = flatten(state.doc);
    const at = (offset: number) => positions[Math.min(offset, positions.length - 1)] ?? 1;
    const tr = state.tr.setSelection(TextSelection.between(state.doc.resolve(at(change.from)), state.doc.resolve(at(change.to))));
    view.dispatch(change.inserted ? tr.replaceSelection(this.parse(htmlOf(change.inserted))) : tr.deleteSelection());
  }

  words(): string {
    return flatten(this.editor.state.doc, "without quotes").text;
  }

  before(): string {
    const { $from } = this.editor.state.selection;
    const text = $from.parent.textBetween(0, $from.parentOffset, "\n", (leaf) => (leaf.type.name === "hardBreak" ? "\n" : "\ufffc"));
    return text.slice(text.lastIndexOf("\n") + 1);
  }

  insert(length: number, { html, text }: Block): void {
    const { state, view } = this.editor;
    const { from, to } = state.selection;
    const tr = state.tr.setSelection(TextSelection.create(state.doc, from - length, to)).deleteSelection();
    const { parent, parentOffset } = tr.selection.$from;
    const slice = this.parse(html || htmlOf(text), parent);
    // What follows the caret stays a paragraph of its own.
    const isWithin = slice.content.childCount > 1 && parentOffset < parent.content.size;
    view.dispatch(tr.replaceSelection(isWithin ? new Slice(slice.content, slice.openStart, 0) : slice).scrollIntoView());
    this.focus();
  }

  caret(): DOMRect {
    const { left, top, bottom } = this.editor.view.coordsAtPos(this.editor.state.selection.from);
    return new DOMRect(left, top, 0, bottom - top);
  }

  moveCaret(x: number, y: number): void {
    const found = this.editor.view.posAtCoords({ left: x, top: y });
    if (found) this.editor.commands.setTextSelection(found.pos);
  }

  showImage(src: string, alt: string): void {
    this.editor.commands.insertContent({ type: "image", attrs: { src, alt } });
  }

  private written(): Block {
    const { doc } = this.editor.state;
    return isEmpty(doc) ? { html: "", text: "" } : { html: this.editor.getHTML(), text: flatten(doc).text };
  }

  /** A piece of HTML as something that flows into the text around it; the page itself never sees it. */
  private parse(html: string, context?: Node): Slice {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    const slice = Parser.fromSchema(this.editor.schema).parseSlice(body, { preserveWhitespace: false });
    const only = slice.content.childCount === 1 && slice.content.firstChild;
    return only && only.isTextblock && context?.isTextblock ? new Slice(Fragment.from(only.content), 0, 0) : slice;
  }
}

/** Leaving and sending; the editor would swallow these keys without doing anything. */
function isForThePage({ key, ctrlKey, metaKey, isComposing }: KeyboardEvent): boolean {
  return !isComposing && (key === "Escape" || (key === "Enter" && (ctrlKey || metaKey)));
}

function isEmpty(doc: Node): boolean {
  return doc.childCount === 1 && doc.firstChild?.type.name === "paragraph" && doc.firstChild.content.size === 0;
}

function attributes(area: HTMLTextAreaElement): Record<string, string> {
  return {
    class: "prose",
    role: "textbox",
    "aria-multiline": "true",
    "aria-label": area.getAttribute("aria-label") ?? "",
    "data-placeholder": area.placeholder,
  };
}

/** Word copies a picture of the text along with the text; only what has no text is a picture. */
function takeFiles(event: ClipboardEvent, pasted: (files: File[]) => void): boolean {
  const files = [...(event.clipboardData?.files ?? [])];
  if (files.length === 0) return false;
  const html = withoutOffice(event.clipboardData?.getData("text/html") ?? "");
  const { body } = new DOMParser().parseFromString(html, "text/html");
  if ((body.textContent ?? "").trim() !== "") return false;
  pasted(files);
  return true;
}
