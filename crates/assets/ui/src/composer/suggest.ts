// A list of options beside what one types. The focus stays where it is; arrows, Enter and Tab are for the list.

let counter = 0;
let shown: Suggest | undefined;

export class Suggest {
  private readonly list = document.createElement("div");

  /** `field` keeps the focus; `chosen` gets the option. */
  constructor(
    private readonly field: HTMLElement,
    private readonly chosen: (option: HTMLElement) => void,
  ) {
    counter += 1;
    this.list.id = `suggest-${counter}`;
    this.list.className = "suggest";
    this.list.popover = "manual";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", field.getAttribute("aria-label") ?? "");
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => {
      const option = target instanceof Element ? target.closest<HTMLElement>("[role=option]") : null;
      if (option) this.choose(option);
    });
  }

  get isShown(): boolean {
    return this.list.matches(":popover-open");
  }

  /** The option that Enter takes. */
  get active(): HTMLElement | undefined {
    return this.options().find((option) => option.ariaSelected === "true");
  }

  /**
   * Shows these options at a place in the window, or the sentence that stands in their place; without anything the
   * list goes. `first` is chosen at once.
   */
  show(html: string, at: DOMRect, first: "first" | "none" = "first"): void {
    this.list.innerHTML = html;
    const options = this.options();
    options.forEach((option, index) => (option.id = `${this.list.id}-${index}`));
    if (html.trim() === "") return this.hide();
    this.list.setAttribute("role", options.length > 0 ? "listbox" : "status");
    if (!this.list.isConnected) this.field.after(this.list);
    if (!this.isShown) this.list.showPopover();
    shown = this;
    this.place(at);
    this.field.setAttribute("aria-controls", this.list.id);
    if (this.field.matches("[role=combobox]")) this.field.ariaExpanded = "true";
    this.select(first === "first" ? options[0] : undefined);
  }

  hide(): void {
    if (shown === this) shown = undefined;
    if (this.isShown) this.list.hidePopover();
    this.list.remove();
    this.field.removeAttribute("aria-activedescendant");
    this.field.removeAttribute("aria-controls");
    if (this.field.matches("[role=combobox]")) this.field.ariaExpanded = "false";
  }

  /** Tells whether the key was for the list. */
  pressed({ key, shiftKey }: KeyboardEvent): boolean {
    if (key === "ArrowDown") return this.step(1);
    if (key === "ArrowUp") return this.step(-1);
    if (key === "Escape") return this.hide(), true;
    const { active } = this;
    if (!active || shiftKey || (key !== "Enter" && key !== "Tab")) return false;
    this.choose(active);
    return true;
  }

  private options(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
  }

  private choose(option: HTMLElement): void {
    this.hide();
    this.chosen(option);
  }

  private step(by: 1 | -1): boolean {
    const all = this.options();
    if (all.length === 0) return false;
    const at = this.active ? all.indexOf(this.active) : by > 0 ? -1 : 0;
    this.select(all[(at + by + all.length) % all.length]);
    return true;
  }

  private select(chosen: HTMLElement | undefined): void {
    for (const option of this.options()) option.ariaSelected = String(option === chosen);
    if (chosen) this.field.setAttribute("aria-activedescendant", chosen.id);
    else this.field.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest" });
  }

  /** Below the caret if it fits there, else above; the composer stands at the lower edge of the window. */
  private place(at: DOMRect): void {
    const { offsetWidth, offsetHeight, style } = this.list;
    const below = at.bottom + offsetHeight + 12 < innerHeight;
    style.setProperty("--x", `${Math.max(8, Math.min(at.left, innerWidth - offsetWidth - 8))}px`);
    style.setProperty("--y", `${below ? at.bottom + 4 : Math.max(8, at.top - offsetHeight - 4)}px`);
  }
}

// On the way down, because the editor would take Enter and the arrows for itself.
document.addEventListener(
  "keydown",
  (event) => {
    if (!shown || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!shown.pressed(event)) return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);
