// Keys outside of input fields. An element with `data-key` is clicked, or focused if it takes text.

import { isPressable, isTyping, scope } from "./dom";
import { Chords, keyName, modifiers, names } from "./keyname";

/** A key as handlers see it. */
export interface Key {
  name: string;
  /** Held modifiers: ``, `ctrl`, `shift`, `ctrl shift`. */
  mod: string;
  event: KeyboardEvent;
}

/** Tells whether it has dealt with the key. */
export type Handler = (key: Key) => boolean;

const chords = new Chords();

/** Gives every key to the first handler that takes it. */
export function listen(handlers: Handler[]): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const key = { name: keyName(event), mod: modifiers(event), event };
    if (isText(key) || isOff(key) || isNative(key)) return;
    if (handlers.some((handle) => handle(key)) || showChoices(key)) event.preventDefault();
  });
}

/**
 * In a closed select the browser takes letters and arrows for a choice, and each of them would be saved at once.
 * Arrows show the choices instead, and letters are commands.
 */
function showChoices({ name, mod, event }: Key): boolean {
  if (mod !== "" || !(event.target instanceof HTMLSelectElement)) return false;
  if (name.startsWith("Arrow")) show(event.target);
  return name.startsWith("Arrow") || name.length === 1;
}

function show(select: HTMLSelectElement): void {
  select.focus();
  // Without the pointer or a key of the reader browsers refuse; then the select has the focus at least.
  if (navigator.userActivation.isActive) select.showPicker?.();
}

/** Takes both keys of a chord, whatever they mean alone. */
export function pressChord(key: Key): boolean {
  const whole = key.mod === "" ? chords.press(key.name, performance.now(), allChords()) : undefined;
  const found = whole && marked((element) => element.dataset.chord === whole);
  if (found) activate(found);
  return whole !== undefined;
}

/** Clicks or focuses the element that is marked with this key. */
export function pressMarked(key: Key): boolean {
  const found = marked((element) => isMarked(element, key));
  if (found) return activate(found);
  // In a dialog or a menu the browser closes that.
  if (key.name === "Escape" && isTyping(key.event.target) && scope() === document) {
    (key.event.target as HTMLElement).blur();
    return true;
  }
  return false;
}

/** Presses a key on behalf of the palette. */
export function press(name: string): boolean {
  const found = marked((element) => names(element.dataset.key, name) || element.dataset.chord === name);
  return found ? activate(found) : false;
}

function isText({ mod, name, event }: Key): boolean {
  return isTyping(event.target) && !mod.includes("ctrl") && name !== "Escape";
}

function isOff({ mod, name }: Key): boolean {
  return document.documentElement.dataset.keys === "off" && !mod.includes("ctrl") && name.length === 1;
}

function isNative({ name, mod, event }: Key): boolean {
  if (mod !== "" || !(event.target instanceof Element)) return false;
  if (name === "Enter" && event.target.matches("a[href]")) return true;
  return (name === "Enter" || name === "Space") && isPressable(event.target);
}

function isMarked(element: HTMLElement, { name, mod }: Key): boolean {
  return names(element.dataset.key, name) && (element.dataset.keyMod ?? "") === mod;
}

function allChords(): string[] {
  return [...scope().querySelectorAll<HTMLElement>("[data-chord]")].map((element) => element.dataset.chord ?? "");
}

function marked(fits: (element: HTMLElement) => boolean): HTMLElement | undefined {
  const all = [...scope().querySelectorAll<HTMLElement>("[data-key], [data-chord]")].filter((element) => fits(element) && !element.matches(":disabled"));
  const form = document.activeElement?.closest("form, dialog");
  return (
    all.find((element) => form?.contains(element) && element.checkVisibility()) ??
    // What a page has for a key goes before what stands around every page.
    all.find((element) => element.closest("main") && element.checkVisibility()) ??
    all.find((element) => element.checkVisibility()) ??
    all.find((element) => element.dispatchEvent(new CustomEvent("key:hidden", { bubbles: true, cancelable: true })) === false || isRemote(element))
  );
}

/** Links keep their key when a narrow page hides them; hidden buttons do not. */
function isRemote(element: HTMLElement): boolean {
  return element instanceof HTMLAnchorElement;
}

function activate(element: HTMLElement): boolean {
  if (element instanceof HTMLSelectElement) show(element);
  else if (isTyping(element)) {
    element.focus();
    if (element instanceof HTMLInputElement) element.select();
  } else {
    element.click();
    // What a key has chosen may want the focus elsewhere; a click alone does not tell keys from arrows.
    element.dispatchEvent(new CustomEvent("key:activated", { bubbles: true }));
  }
  return true;
}
