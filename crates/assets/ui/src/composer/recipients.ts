// Fields for addresses: each address becomes a chip, and known ones are offered as one types. The field that the
// page came with keeps the whole list and is what the form sends.

import { closest } from "../dom";
import { type Address, isAddress, parseAddress, splitAddresses, writeAddress } from "./addresses";
import { Ask, withQuery } from "./ask";
import { announce, draftAround, sentence } from "./form";
import { Suggest } from "./suggest";

class Recipients {
  private readonly input = document.createElement("input");
  private readonly suggest: Suggest;
  private readonly ask: Ask;
  private addresses: Address[];

  constructor(private readonly field: HTMLInputElement) {
    const { input } = this;
    this.addresses = splitAddresses(field.value);
    Object.assign(input, { className: "address", type: "text", autocomplete: "off", spellcheck: false, inputMode: "email", role: "combobox" });
    input.setAttribute("aria-label", field.getAttribute("aria-label") ?? "");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    this.suggest = new Suggest(input, (option) => this.add(option.dataset.value ?? ""));
    this.ask = new Ask((html) => this.offer(html));
    field.type = "hidden";
    field.before(input);
    field.parentElement?.classList.add("chips");
    input.addEventListener("keydown", (event) => this.pressed(event));
    input.addEventListener("input", (event) => this.typed(event));
    input.addEventListener("paste", (event) => this.pasted(event));
    input.addEventListener("blur", () => this.left());
    this.draw();
  }

  focus(): void {
    this.input.focus();
  }

  private pressed(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const { value } = this.input;
    if (event.key === "Backspace" && value === "" && this.addresses.length > 0) {
      event.preventDefault();
      this.takeBack();
    }
    const ends = event.key === "Enter" || event.key === ";" || (event.key === "," && isWhole(value));
    if (!ends || event.ctrlKey || event.metaKey) return;
    // Enter here never sends the form.
    event.preventDefault();
    this.commit();
  }

  private typed(event: Event): void {
    // Only a finished address is a change of the draft.
    event.stopPropagation();
    const typed = this.input.value.trim();
    this.input.removeAttribute("aria-invalid");
    if (typed === "") {
      this.ask.stop();
      return this.suggest.hide();
    }
    this.ask.soon(withQuery(this.field.dataset.addresses ?? "", { q: typed }));
  }

  private pasted(event: ClipboardEvent): void {
    const list = event.clipboardData?.getData("text/plain") ?? "";
    if (!list.includes("@")) return;
    event.preventDefault();
    this.add(`${this.input.value}${list}`);
  }

  private left(): void {
    this.ask.stop();
    this.suggest.hide();
    this.commit();
  }

  private offer(html: string): void {
    if (document.activeElement !== this.input || this.input.value.trim() === "") return;
    // Who has typed a whole address means that one, unless the list is asked with an arrow.
    const isFinished = isAddress(parseAddress(this.input.value).address);
    this.suggest.show(html, this.input.getBoundingClientRect(), isFinished ? "none" : "first");
  }

  private commit(): void {
    if (this.input.value.trim() !== "") this.add(this.input.value);
  }

  private add(list: string): void {
    const known = new Set(this.addresses.map(({ address }) => address.toLowerCase()));
    const added = splitAddresses(list).filter(({ address }) => !known.has(address.toLowerCase()));
    this.input.value = "";
    this.ask.stop();
    this.suggest.hide();
    this.change([...this.addresses, ...added]);
  }

  private takeBack(): void {
    const last = this.addresses[this.addresses.length - 1];
    this.change(this.addresses.slice(0, -1));
    this.input.value = last ? writeAddress(last) : "";
  }

  private remove(gone: Address): void {
    this.change(this.addresses.filter((address) => address !== gone));
    this.focus();
  }

  private change(addresses: Address[]): void {
    this.addresses = addresses;
    this.draw();
    const list = addresses.map(writeAddress).join(", ");
    if (list === this.field.value) return;
    this.field.value = list;
    announce(this.field);
  }

  private draw(): void {
    const place = this.field.parentElement;
    place?.querySelectorAll(":scope > .chip").forEach((chip) => chip.remove());
    this.input.before(...this.addresses.map((address) => this.chip(address)));
    this.input.placeholder = this.addresses.length > 0 ? "" : this.field.placeholder;
    this.input.toggleAttribute("aria-invalid", false);
    if (this.addresses.some(({ address }) => !isAddress(address))) this.input.setAttribute("aria-invalid", "true");
  }

  private chip(address: Address): HTMLElement {
    const chip = document.createElement("span");
    const name = document.createElement("span");
    const remove = document.createElement("button");
    const shown = address.name || address.address;
    chip.className = "chip";
    if (!isAddress(address.address)) chip.dataset.invalid = "";
    chip.title = address.address;
    name.textContent = shown;
    Object.assign(remove, { type: "button", className: "x", textContent: "×" });
    const form = this.field.form;
    remove.setAttribute("aria-label", form ? sentence(form, "wordRemove", shown) : shown);
    remove.addEventListener("click", () => this.remove(address));
    chip.append(name, remove);
    return chip;
  }
}

/** Whether a comma ends this: it may also stand within a name in quotes, or between surname and name. */
function isWhole(typed: string): boolean {
  return typed.includes("@") && (typed.match(/"/g) ?? []).length % 2 === 0;
}

const fields = new WeakMap<HTMLInputElement, Recipients>();

/** Makes chips of the addresses of this form. */
export function adopt(form: HTMLFormElement): void {
  for (const field of form.querySelectorAll<HTMLInputElement>("input[data-addresses]")) fields.set(field, new Recipients(field));
  for (const row of form.querySelectorAll<HTMLElement>("[data-row]")) {
    const field = row.querySelector<HTMLInputElement>("input[name]");
    if (field?.value && field.type !== "checkbox") reveal(form, row.dataset.row ?? "");
  }
}

/** Shows a row of the head and takes away its button. */
function reveal(form: HTMLFormElement, name: string): HTMLElement | null {
  const row = form.querySelector<HTMLElement>(`[data-row="${CSS.escape(name)}"]`);
  if (row) row.hidden = false;
  const button = form.querySelector<HTMLElement>(`[data-show="${CSS.escape(name)}"]`);
  if (button && row) button.hidden = true;
  return row;
}

document.addEventListener("click", (event) => {
  const form = draftAround(event.target);
  const row = form && reveal(form, closest(event, "[data-show]")?.dataset.show ?? "");
  const field = row?.querySelector<HTMLInputElement>("input[name]");
  if (field) (fields.get(field) ?? field).focus();
});
