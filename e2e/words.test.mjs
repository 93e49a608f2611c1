// Every page there is, in both languages, both colours and both sizes: whole, translated, usable by everybody.
//
// It comes last by its name: it sets a language for a person whose pages follow the browser before.

import assert from "node:assert/strict";

import { administrator } from "./support/demo.mjs";
import { DESK, PHONE, listen, newContext } from "./support/browser.mjs";
import { hindrances } from "./support/axe.mjs";
import { FILE, OUTSIDE, PAGES, TICKET, post } from "./support/pages.mjs";
import { NAMES, ONLY, SHARED, isInvented } from "./support/sentences.mjs";
import { test } from "node:test";

/** Words that are the same in both languages, and no text of the product's files. */
const SAME = [
  // A contact of the sample company, and a tab of a mailbox; the name that a rule got.
  /^(Empfang|Brückner Messe)$/,
  /^[^\p{L}]*$/u, // Figures and signs.
  /^\p{L}{1,2}$/u, // Initials and keys.
  /@|:\/\/|^\/|^[\w.-]+\.(de|example|eml|pdf|csv|txt)$/, // Addresses and files.
  /^(Deutsch|English|Laufzettel)$/,
  /^(\[#\d+\]|Original:|Laufzettel · \d)/, // Subjects and titles with them.
  /^Lieferung(en)?$/, // What is looked for.
  /^(Esc|Tab|Enter|Strg|Ctrl|Alt|Shift|Space)$/,
];

/** The description for programs names what programs name. */
const FOR_PROGRAMS = ["/api/docs"];

/** Where the product itself speaks. */
const OURS = "button, label, legend, th, dt, h1, h2, h3, summary, p, .nav-item, .hint, .muted, [placeholder]";
/** What people wrote or a machine sent: nobody translates it. */
const DATA = "article, pre, code, kbd, iframe, textarea, select, svg, time, [contenteditable], .thread, .person, .mailframe, .trow, .crow, .jrow, .srow, .tag, .slip, .facts, .changes, .found, .movable";
/** What stands in the file that is imported. */
const IMPORTED = new Set(FILE.split(/[;\n]/));

/** What is on a page: its texts, and what does not fit. */
function look([data, ours]) {
  const shown = (element) => element.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) ?? true;
  // Another language that says so is none by mistake.
  const isData = (element) => Boolean(element.closest(data) || !element.closest(ours) || element.closest("body [lang]"));
  const texts = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent.replace(/\s+/g, " ").trim();
    const parent = node.parentElement;
    if (!text || !shown(parent) || ["SCRIPT", "STYLE", "NOSCRIPT"].includes(parent.tagName)) continue;
    texts.set(text, (texts.get(text) ?? true) && isData(parent));
  }
  for (const element of document.querySelectorAll("[placeholder], [title], [aria-label]")) {
    if (!shown(element)) continue;
    for (const name of ["placeholder", "title", "aria-label"]) {
      const text = element.getAttribute(name)?.trim();
      if (text) texts.set(text, (texts.get(text) ?? true) && isData(element));
    }
  }
  return { language: document.documentElement.lang, texts: [...texts] };
}

/** What is cut off or sticks out. */
function misfits() {
  const found = [];
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  if (wide > 1) found.push(`the page is ${wide} points too wide`);
  const called = (element) => `${element.tagName.toLowerCase()}.${element.className?.baseVal ?? element.className}`.trim();
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].filter((node) => node.nodeType === 3 && node.textContent.trim());
    if (own.length === 0 || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    // What is for the ear only is one point large.
    if (box.width <= 2 || box.height <= 2 || style.clipPath !== "none") continue;
    const words = own.map((node) => node.textContent.trim()).join(" ").slice(0, 60);
    const hides = (value) => ["hidden", "clip"].includes(value);
    if (hides(style.overflowX) && style.textOverflow !== "ellipsis" && element.scrollWidth > element.clientWidth + 1) {
      found.push(`cut off: ${called(element)} "${words}"`);
    }
    if (hides(style.overflowY) && style.webkitLineClamp === "none" && element.clientHeight > 0 && element.scrollHeight > element.clientHeight + 4) {
      found.push(`cut off below: ${called(element)} "${words}"`);
    }
    const range = document.createRange();
    range.selectNodeContents(element);
    const text = range.getBoundingClientRect();
    let around = element;
    while (around && around !== document.body && getComputedStyle(around).overflowX === "visible") around = around.parentElement;
    const frame = !around || around === document.body ? { left: 0, right: window.innerWidth } : around.getBoundingClientRect();
    const scrolls = around && around !== document.body && ["auto", "scroll"].includes(getComputedStyle(around).overflowX);
    const ends = around && getComputedStyle(element).textOverflow === "ellipsis";
    if (!scrolls && !ends && element.tagName !== "OPTION" && (text.right > frame.right + 2 || text.left < frame.left - 2) && style.position !== "fixed") {
      if (!around || getComputedStyle(around).textOverflow !== "ellipsis") found.push(`sticks out: ${called(element)} "${words}"`);
    }
  }
  return [...new Set(found)];
}

/** What is said in the wrong language. */
function wrong(language, texts) {
  const other = language === "de" ? "en" : "de";
  const isForeign = (text) => !IMPORTED.has(text) && ONLY[other].has(text) && !ONLY[language].has(text) && !isInvented(text) && !SAME.some((pattern) => pattern.test(text));
  const foreign = texts.filter(([text]) => isForeign(text));
  const raw = texts.filter(([text]) => NAMES.has(text));
  return [...foreign.map(([text]) => `in the other language: ${text}`), ...raw.map(([text]) => `the name of a message: ${text}`)];
}

const setLanguage = (context, language) => post(context, "/profile/language", { value: language, back: "/profile" });

/** Looks at one page: texts, and everything that is wrong with it. */
async function visit(page, address, language) {
  await page.setViewportSize(DESK);
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(address);
  const { language: said, texts } = await page.evaluate(look, [DATA, OURS]);
  const found = said === language ? [] : [`the page says it is in ${said}`];
  found.push(...wrong(language, texts), ...(await page.evaluate(misfits)), ...(await hindrances(page)));
  await page.emulateMedia({ colorScheme: "dark" });
  found.push(...(await hindrances(page)).map((words) => `dark: ${words}`));
  await page.setViewportSize(PHONE);
  found.push(...(await page.evaluate(misfits)).map((words) => `phone: ${words}`));
  found.push(...(await hindrances(page)).map((words) => `phone, dark: ${words}`));
  await page.emulateMedia({ colorScheme: "light" });
  found.push(...(await hindrances(page)).map((words) => `phone: ${words}`));
  return { texts: new Map(texts), found };
}

/** Where a page is. Nobody is signed in on some of them. */
async function placed(page, route, language) {
  const place = PAGES[route];
  await page.setViewportSize(DESK);
  if (page.url() === "about:blank") await page.goto("/signin");
  const address = typeof place === "function" ? await place(page) : place;
  if (!OUTSIDE.includes(route)) return address;
  return `${address}${address.includes("?") ? "&" : "?"}language=${language}`;
}

test("what does not fit, is not translated or is no text is noticed", async () => {
  const context = await newContext(null);
  const page = await context.newPage();
  await page.setViewportSize(PHONE);
  await page.setContent(`<html lang="de"><body style="margin:0"><p>Einstellungen</p><button>Save</button>
    <div style="inline-size:60px;overflow:hidden;white-space:nowrap"><b>Schwerwiegende Verzögerung</b></div>
    <span style="display:block;inline-size:60px;overflow:hidden;white-space:nowrap">Lieferverzögerung im Lager</span>
    <span style="display:block;inline-size:60px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis">Lieferverzögerung</span>
    <span style="display:block;block-size:9px;overflow:hidden">Lieferung</span>
    <p style="white-space:nowrap">${"Lieferverzögerung ".repeat(9)}</p><h2>new-in-no-queue</h2></body></html>`);
  const { texts } = await page.evaluate(look, [DATA, OURS]);
  assert.deepEqual(wrong("de", texts), ["in the other language: Save", "the name of a message: new-in-no-queue"]);
  assert.deepEqual(wrong("en", texts), ["in the other language: Einstellungen", "the name of a message: new-in-no-queue"]);
  const found = (await page.evaluate(misfits)).map((words) => words.replace(/ ".*| \d+ points/, ""));
  assert.deepEqual(found, ["the page is too wide", "sticks out: b.", "cut off: span.", "sticks out: span.", "cut off below: span.", "sticks out: p."]);
  await context.close();
});

/** How long it may take: on a busy machine ten seconds for each page in each language. */
const PATIENCE = 2 * Object.keys(PAGES).length * 10_000;

test("every page is whole, translated and usable in both languages", { timeout: PATIENCE }, async () => {
  const inside = await newContext(administrator);
  const found = [];
  const seen = { de: new Map(), en: new Map() };
  try {
    // Something is on its way when the outbox is looked at, and has arrived at the sandbox.
    await post(inside, `${TICKET}/reply`, { to: "Katrin Brandt <k.brandt@stadtwerke-lindenau.example>", text: "Guten Tag, die Platten kommen am Montag.", signed: "1", knows_strangers: "1" });
    for (const [language, locale] of [["de", "de-DE"], ["en", "en-GB"]]) {
      await setLanguage(inside, language);
      const outside = await newContext(null, { locale });
      const complaints = [...[inside, outside].map(listen)];
      const pages = { inside: await inside.newPage(), outside: await outside.newPage() };
      for (const route of Object.keys(PAGES).filter((one) => PAGES[one] !== null)) {
        const page = OUTSIDE.includes(route) ? pages.outside : pages.inside;
        const address = await placed(page, route, language);
        const { texts, found: wrongs } = await visit(page, address, language);
        seen[language].set(route, texts);
        found.push(...wrongs.map((words) => `${route} (${language}): ${words}`));
      }
      found.push(...complaints.flat().filter((words) => !/404|403|410|422|status of/.test(words)).map((words) => `(${language}) ${words}`));
      await pages.inside.close();
      await outside.close();
    }
  } finally {
    await setLanguage(inside, "de");
    await inside.close();
  }
  for (const [route, german] of [...seen.de].filter(([one]) => !FOR_PROGRAMS.includes(one))) {
    for (const [text, isData] of seen.en.get(route)) {
      const isSame = german.get(text) === false && !isData && !SHARED.has(text) && !IMPORTED.has(text) && !isInvented(text) && !SAME.some((pattern) => pattern.test(text));
      if (isSame) found.push(`${route}: the same in both languages: ${text}`);
    }
  }
  const lines = [...new Set(found.map((words) => words.split("\n")[0].replace(/nth-child\(\d+\)/g, "nth-child(…)")))];
  assert.ok(lines.length === 0, `${lines.length} findings\n${lines.join("\n")}`);
});
