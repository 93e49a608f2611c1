// Menus: the first entry gets the focus, arrows move, typing into `[data-filter]` narrows the entries.

import { closest } from "./dom";

const ENTRY = ".menu-item:not([hidden]):not(:disabled), [role=menuitem]:not([hidden])";

function entries(menu: Element): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>(ENTRY)];
}

document.addEventListener(
  "toggle",
  (event) => {
    const menu = event.target;
    if (!(menu instanceof HTMLElement) || !menu.matches(".pop[popover]") || (event as ToggleEvent).newState !== "open") return;
    if (!CSS.supports("position-area", "block-end")) place(menu);
    const first = menu.querySelector<HTMLElement>("[data-filter], [autofocus]") ?? menu.querySelector<HTMLElement>("[aria-current], [aria-checked=true]") ?? entries(menu)[0];
    first?.focus();
  },
  true,
);

/** Puts the menu below its button in browsers that cannot do that by themselves. */
function place(menu: HTMLElement): void {
  const button = document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`)?.getBoundingClientRect();
  if (!button) return;
  const left = Math.max(8, Math.min(button.left, innerWidth - menu.offsetWidth - 8));
  const below = button.bottom + menu.offsetHeight + 12 < innerHeight;
  menu.style.setProperty("--pop-x", `${left}px`);
  menu.style.setProperty("--pop-y", `${below ? button.bottom : Math.max(8, button.top - menu.offsetHeight - 8)}px`);
}

document.addEventListener("keydown", (event) => {
  const menu = closest(event, ".pop:popover-open");
  if (!menu) return;
  const all = entries(menu);
  const at = all.indexOf(document.activeElement as HTMLElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  const typing = event.target instanceof HTMLInputElement;
  if (event.key === "Enter" && typing) {
    event.preventDefault();
    all[0]?.click();
  }
  if (next === undefined || (typing && (event.key === "Home" || event.key === "End"))) return;
  event.preventDefault();
  all[(next + all.length) % all.length]?.focus();
});

document.addEventListener("input", (event) => {
  const field = closest(event, "[data-filter]");
  const menu = field?.closest(".pop");
  if (!(field instanceof HTMLInputElement) || !menu) return;
  const wanted = field.value.trim().toLocaleLowerCase();
  for (const entry of menu.querySelectorAll<HTMLElement>(".menu-item")) {
    entry.hidden = !(entry.textContent ?? "").toLocaleLowerCase().includes(wanted);
  }
});

// What is chosen in a menu is done; the menu goes. Not at once: closing gives the focus back, and htmx
// forgets the pressed button when it loses the focus before its form is sent.
document.addEventListener("click", (event) => {
  const entry = closest(event, ".pop .menu-item");
  const menu = entry?.closest<HTMLElement>(".pop");
  if (menu?.matches(":popover-open") && !entry?.matches("[popovertarget], label, [data-stay]")) window.setTimeout(() => menu.hidePopover());
});
