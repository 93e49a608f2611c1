// What can be done with a text while it is written, whether in a plain field or in the editor.

export interface Block {
  html: string;
  text: string;
}

export interface Writing {
  /** The element that has the focus while one writes. */
  readonly element: HTMLElement;
  focus(): void;
  /** What is newly written, without quotes. */
  words(): string;
  /** The text from the start of the line to the caret. */
  before(): string;
  /** Puts a block in the place of the `length` characters before the caret. */
  insert(length: number, block: Block): void;
  /** Where the caret is in the window. */
  caret(): DOMRect;
  /** Moves the caret to a point of the window. */
  moveCaret?(x: number, y: number): void;
  showImage?(src: string, alt: string): void;
}

export class PlainWriting implements Writing {
  constructor(readonly element: HTMLTextAreaElement) {}

  focus(): void {
    this.element.focus();
  }

  words(): string {
    return this.element.value.replace(/^>.*$/gm, "");
  }

  before(): string {
    const { value, selectionStart } = this.element;
    return value.slice(value.lastIndexOf("\n", selectionStart - 1) + 1, selectionStart);
  }

  insert(length: number, { text }: Block): void {
    const { selectionStart, selectionEnd } = this.element;
    this.focus();
    this.element.setSelectionRange(selectionStart - length, selectionEnd);
    // The old command is the only one that undo knows of.
    if (document.execCommand("insertText", false, text)) return;
    this.element.setRangeText(text, selectionStart - length, selectionEnd, "end");
    this.element.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Browsers do not tell where the caret of a field is; its line is guessed. */
  caret(): DOMRect {
    const { value, selectionStart, scrollTop } = this.element;
    const box = this.element.getBoundingClientRect();
    const line = Number.parseFloat(getComputedStyle(this.element).lineHeight) || 20;
    const above = value.slice(0, selectionStart).split("\n").length - 1;
    const top = Math.min(box.bottom - line, box.top + above * line - scrollTop);
    return new DOMRect(box.left + 12, Math.max(box.top, top), 0, line);
  }
}
