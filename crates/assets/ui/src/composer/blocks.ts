// Text blocks: `/` at the start of a line, or the button, offers them; typing on narrows the choice. What is chosen
// takes the place of what was typed to find it, and of nothing else.

import { closest } from "../dom";
import { Ask, withQuery } from "./ask";
import { draftAround } from "./form";
import { Suggest } from "./suggest";
import { queryAfter, slashQuery } from "./trigger";
import type { Writing } from "./writing";
import { writingOf } from "./editing";

interface Search {
  form: HTMLFormElement;
  writing: Writing;
  /** What stood before the caret when the button was pressed; nothing after a slash. */
  opened: string | undefined;
  suggest: Suggest;
  ask: Ask;
}

let search: Search | undefined;

function begin(form: HTMLFormElement, writing: Writing, opened: string | undefined): Search {
  end();
  const suggest = new Suggest(writing.element, choose);
  const ask = new Ask((html) => offer(html));
  return (search = { form, writing, opened, suggest, ask });
}

function end(): void {
  search?.ask.stop();
  search?.suggest.hide();
  search = undefined;
}

function typedQuery({ writing, opened }: Search): string | undefined {
  return opened === undefined ? slashQuery(writing.before()) : queryAfter(writing.before(), opened);
}

function offer(html: string): void {
  if (search) search.suggest.show(html, search.writing.caret());
}

function choose(option: HTMLElement): void {
  if (!search) return;
  const { writing, opened } = search;
  const query = typedQuery(search);
  end();
  if (query === undefined) return;
  const typed = query.length + (opened === undefined ? 1 : 0);
  const text = option.dataset.text ?? option.textContent?.trim() ?? "";
  writing.insert(typed, { html: option.dataset.html ?? "", text });
}

function look(now: Search, query: string): void {
  const number = now.form.closest<HTMLElement>(".composer")?.dataset.number ?? "";
  const address = withQuery("/text-blocks/choices", { ticket: number, kind: now.form.dataset.kind ?? "", q: query });
  if (query === "") void now.ask.now(address);
  else now.ask.soon(address);
}

document.addEventListener("input", ({ target }) => {
  const form = draftAround(target);
  if (!form || !(target instanceof HTMLTextAreaElement) || target.name !== "text") return;
  const writing = writingOf(form);
  if (!writing) return;
  const isSame = search?.form === form && search.writing.element === writing.element;
  const opened = isSame ? search?.opened : undefined;
  const now: Search = isSame && search ? search : { ...begin(form, writing, opened) };
  const query = typedQuery(now);
  if (query === undefined) end();
  else look(now, query);
});

document.addEventListener("focusout", ({ target }) => {
  if (search && target === search.writing.element) end();
});

document.addEventListener("click", (event) => {
  const form = closest(event, "[data-blocks]") && draftAround(event.target);
  const writing = form && writingOf(form);
  if (!form || !writing) return;
  writing.focus();
  look(begin(form, writing, writing.before()), "");
});
