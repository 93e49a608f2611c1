// What Word, Outlook and others put on the clipboard becomes plain HTML; the schema then drops what it does not know.

/** Removes what is no content at all, and marks the bullets that Word draws as text. Pure. */
export function withoutOffice(html: string): string {
  return html
    .replace(/<!--\[if !supportLists\]-->|<!\[if !supportLists\]>/gi, "<span data-bullet>")
    .replace(/(<span data-bullet>[\s\S]*?)(?:<!--\[endif\]-->|<!\[endif\]>)/gi, "$1</span>")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<!\[[^\]]*\]>/g, "")
    .replace(/<(style|xml|script|title|o:OfficeDocumentSettings)\b[\s\S]*?<\/\1>/gi, "")
    .replace(/<\/?(?:[ovwm]|st1):[^>]*>/gi, "")
    .replace(/<(?:meta|link)\b[^>]*>/gi, "");
}

/** Cleans pasted HTML. What was copied from an editor like this one is clean already. */
export function clean(html: string): string {
  if (html.includes("data-pm-slice")) return html;
  const page = new DOMParser().parseFromString(withoutOffice(html), "text/html");
  page.querySelectorAll<HTMLElement>("h1, h2, h3, h4, h5, h6").forEach(asBoldLine);
  page.querySelectorAll<HTMLElement>("pre").forEach(keepLines);
  page.querySelectorAll<HTMLElement>("p[class^=MsoList], p[style*='mso-list:']").forEach(markItem);
  gatherItems(page);
  collapse(page, /class="?Mso/i.test(html) ? 0 : 1);
  // What only colours and moves is not wanted; weight and slant are, and the marks know them.
  page.querySelectorAll("[class]").forEach((element) => element.removeAttribute("class"));
  return page.body.innerHTML;
}

function asBoldLine(heading: HTMLElement): void {
  const line = document.createElement("p");
  const bold = document.createElement("strong");
  bold.append(...heading.childNodes);
  line.append(bold);
  heading.replaceWith(line);
}

function keepLines(block: HTMLElement): void {
  const lines = (block.textContent ?? "").trimEnd().split("\n");
  const paragraph = document.createElement("p");
  lines.forEach((line, at) => paragraph.append(...(at > 0 ? [document.createElement("br"), line] : [line])));
  block.replaceWith(paragraph);
}

/** A line that Word shows with a bullet becomes an item, numbered if its bullet is a number or a letter. */
function markItem(line: HTMLElement): void {
  const bullet = line.querySelector("[data-bullet]");
  const item = document.createElement("li");
  item.dataset.list = /^\s*[\da-z]{1,3}[.)]/i.test(bullet?.textContent ?? "") ? "ol" : "ul";
  bullet?.remove();
  item.append(...line.childNodes);
  line.replaceWith(item);
}

function gatherItems(page: Document): void {
  for (const item of page.querySelectorAll<HTMLElement>("li[data-list]")) {
    const kind = item.dataset.list ?? "ul";
    const before = item.previousElementSibling;
    const list = before?.matches(`${kind}[data-gathered]`) ? before : document.createElement(kind);
    if (list !== before) {
      list.setAttribute("data-gathered", "");
      item.before(list);
    }
    item.removeAttribute("data-list");
    list.append(item);
  }
}

/** Leaves at most so many empty paragraphs in a row: ours have a gap of their own. */
function collapse(page: Document, most: 0 | 1): void {
  for (const line of page.querySelectorAll("p, div")) {
    if (!isEmpty(line)) continue;
    const before = line.previousElementSibling;
    if (most === 0 || !before || isEmpty(before)) line.remove();
  }
}

function isEmpty(line: Element): boolean {
  return line.matches("p, div") && (line.textContent ?? "").trim() === "" && !line.querySelector("img, hr, table, li");
}
