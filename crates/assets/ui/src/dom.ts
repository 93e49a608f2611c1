// Questions about the page that several modules ask.

/** Whether keys pressed here are text and not commands. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button", "submit", "reset", "file"].includes(target.type);
  if (target instanceof HTMLSelectElement) return isOpen(target);
  return target.isContentEditable || target.matches("textarea");
}

/** Whether the choices of a select are shown. Browsers that cannot tell show them for as long as it has the focus. */
export function isOpen(select: HTMLSelectElement): boolean {
  return !CSS.supports("selector(:open)") || select.matches(":open");
}

/** Whether Enter and Space already mean something here. */
export function isPressable(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches("button, summary, input, select, [role='option']");
}

/** What is on top and alone can be used: the last modal dialog, else an open menu, else the page. */
export function scope(): ParentNode {
  const dialogs = document.querySelectorAll<HTMLElement>("dialog:modal");
  const menus = document.querySelectorAll<HTMLElement>(".pop:popover-open");
  return dialogs[dialogs.length - 1] ?? menus[menus.length - 1] ?? document;
}

let areDialogsThere = false;

// What htmx has put into the page can be used once it has settled.
document.addEventListener("htmx:afterSettle", (event) => {
  areDialogsThere ||= event.target instanceof Element && event.target.closest("#dialogs") !== null;
});

/** Does something once the dialogs are there that every page fetches when it has loaded. */
export function withDialogs(act: () => unknown): boolean {
  const place = document.getElementById("dialogs");
  if (areDialogsThere) act();
  else place?.addEventListener("htmx:afterSettle", act, { once: true });
  return place !== null;
}

/** The copied content of `<template id=…>`, in which pages print sentences for scripts. */
export function fromTemplate(id: string): HTMLElement | null {
  const template = document.getElementById(id);
  if (!(template instanceof HTMLTemplateElement)) return null;
  return document.importNode(template.content, true).firstElementChild as HTMLElement | null;
}

/** The element that an event on the document came from, if it or one around it matches. */
export function closest(event: Event, selector: string): HTMLElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null;
}
