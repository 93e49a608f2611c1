// Every page is usable by everybody: checked by axe in light, dark, on a phone and in English.

import assert from "node:assert/strict";

import { person } from "./support/demo.mjs";
import { PHONE, story } from "./support/browser.mjs";
import { hindrances } from "./support/axe.mjs";
import { PAPER, PICTURE } from "./support/mails.mjs";
import { newTicket } from "./support/tickets.mjs";

const mail = {
  html: "<p>Die Lieferung ist da.</p><blockquote type=cite><p>Wann kommt sie?</p></blockquote>",
  files: [
    { name: "platte.png", type: "image/png", bytes: PICTURE },
    { name: "Vermerk.pdf", type: "application/pdf", bytes: PAPER },
  ],
};

/** The pages: name, address, and what is done there before they are looked at. */
const PAGES = [
  ["inbox", "/inbox"],
  ["inbox without a hit", "/inbox?q=gibtesnirgendwo"],
  ["search", "/search?q=Lieferung"],
  ["journal", "/mails"],
  ["mails without a ticket", "/mails?tab=undecided"],
  ["narrowed journal", "/mails?outcome=new_ticket&period=7d"],
  ["what is pointed out", "/settings/hints"],
  ["mailboxes", "/mailboxes"],
  ["no such page", "/gibtesnicht"],
  ["ticket", "ticket"],
  ["print view", "ticket/print"],
  ["journal entry", "/mails", (page) => page.locator("li.jrow a").first().click().then(() => page.locator("#entry").waitFor())],
  ["original", "/mails", (page) => original(page)],
  ["preview", "/inbox", (page) => press(page, ["j", "Space"], "#peek h2")],
  ["palette", "/inbox", (page) => press(page, ["Control+k"], "#palette [role=option]")],
  ["keys", "/inbox", (page) => press(page, ["?"], "#keys dt")],
  ["outbox", "/mails/out"],
  ["where is the mail", "/mails/find?q=Lieferung"],
  ["sandbox", "/sandbox"],
  ["own account", "/profile"],
  ["text blocks", "/text-blocks"],
  ["new ticket", "/tickets/new"],
  ["new mail", "/tickets/new?kind=mail"],
  ["companies", "/customers"],
  ["contacts", "/customers?kind=contacts"],
  ["no customer found", "/customers?q=gibtesnirgendwo"],
  ["company", "/customers?q=lindenau", (page) => open(page)],
  ["contact", "/customers?kind=contacts&q=katrin+brandt", (page) => open(page)],
  ["contact being changed", "/customers?kind=contacts&q=katrin+brandt", (page) => open(page, "/edit")],
  ["contact being joined", "/customers?kind=contacts&q=katrin+brandt", (page) => open(page, "/join")],
  ["new company", "/customers/companies/new"],
  ["import", "/customers/import"],
  ["background", "/jobs"],
  ["answer with text blocks", "ticket", (page) => write(page, "r", "reply", "/").then(() => page.locator(".suggest [role=option]").first().waitFor())],
  ["note", "ticket", (page) => write(page, "n", "note", "Nur für uns.")],
  ["forwarding", "ticket", (page) => write(page, "w", "forward", "Zur Kenntnis.")],
];

/** Opens the first customer of the list, or a page of it. */
async function open(page, further = "") {
  const href = await page.locator("li.crow a").first().getAttribute("href");
  await page.goto(`${href}${further}`);
}

/** Begins a message of this kind with these words. */
async function write(page, key, kind, words) {
  await page.locator("#thread").waitFor();
  await page.keyboard.press(key);
  const editor = page.locator(`.draft[data-kind=${kind}] [contenteditable=true]`);
  await editor.waitFor();
  await editor.fill(words);
}

async function original(page) {
  await page.locator("li.jrow a").first().click();
  await page.locator("#entry a[href$='/raw']").click();
  await page.locator("pre.source").waitFor();
}

async function press(page, keys, shown) {
  for (const key of keys) await page.keyboard.press(key);
  await page.locator(shown).first().waitFor();
}

/** What axe finds on these pages, each line with the page's name. */
async function check(page, number, pages) {
  const found = [];
  for (const [name, address, prepare] of pages) {
    await page.goto(address.replace(/^ticket/, `/tickets/${number}`));
    await prepare?.(page);
    found.push(...(await hindrances(page)).map((words) => `${name}: ${words}`));
  }
  return found;
}

const forgives = [/404/];

story("axe notices what hinders people", { as: null }, async (page) => {
  await page.setContent('<html lang="de"><title>Bild</title><main><img src="data:,"></main></html>');
  assert.match((await hindrances(page)).join(), /^image-alt: img: /);
});

story("nothing on any page hinders anybody in light colours", { forgives, looks: PAGES.length }, async (page, context) => {
  const { number } = await newTicket(context, mail);
  assert.deepEqual(await check(page, number, PAGES), []);
});

story("nothing on any page hinders anybody in dark colours", { colorScheme: "dark", forgives, looks: PAGES.length }, async (page, context) => {
  const { number } = await newTicket(context, mail);
  assert.deepEqual(await check(page, number, PAGES), []);
});

story("nothing on any page hinders anybody on a phone", { viewport: PHONE, hasTouch: true, isMobile: true, forgives, looks: PAGES.length }, async (page, context) => {
  const { number } = await newTicket(context, mail);
  const sheet = async () => {
    await page.getByRole("button", { name: "Eigenschaften und Kunde" }).tap();
    await page.locator("#p-status").waitFor();
  };
  assert.deepEqual(await check(page, number, [...PAGES, ["sheet", "ticket", sheet]]), []);
});

story("nothing on the main pages hinders anybody in English", { as: person("s.albers") }, async (page, context) => {
  await page.goto("/inbox");
  await page.getByRole("button", { name: /Konto/ }).click();
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("button", { name: /account/i }).waitFor();
  const { number } = await newTicket(context, mail);
  const found = await check(page, number, PAGES.filter(([name]) => ["inbox", "ticket", "search", "journal", "mailboxes", "preview", "palette"].includes(name)));
  await page.goto("/inbox");
  await page.getByRole("button", { name: /account/i }).click();
  await page.getByRole("button", { name: "Deutsch" }).click();
  await page.getByRole("button", { name: /Konto/ }).waitFor();
  assert.deepEqual(found, []);
});

story("nothing hinders anybody before signing in", { as: null, forgives: [/422/] }, async (page) => {
  const refused = async () => {
    await page.fill("#address", "nobody@brueckner-objekt.example");
    await page.fill("#password", "falsch");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").waitFor();
  };
  const pages = [["sign-in", "/signin"], ["sign-in refused", "/signin", refused], ["sign-in in English", "/signin?language=en"], ["demo", "/demo"]];
  const found = [];
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await check(page, "", pages)));
  }
  assert.deepEqual(found, []);
});

story("nothing that opens over a ticket or a list hinders anybody", async (page, context) => {
  const { number } = await newTicket(context, mail);
  const opened = (name, shown) => async () => {
    await page.getByRole("button", { name, exact: true }).click();
    await page.locator(shown).waitFor();
  };
  const chosen = async () => {
    await page.locator("li.trow input").first().check();
    await page.keyboard.press("s");
    await page.locator("#bulk-status .menu-item").first().waitFor();
  };
  const pages = [
    ["menu of a ticket", "ticket", opened("Weitere Aktionen", "#more")],
    ["reasons of a message", "ticket", opened("Warum ist diese Nachricht hier?", ".whypop header")],
    ["menu of a person", "/inbox", () => press(page, [], "#content").then(() => page.getByRole("button", { name: /Konto/ }).click())],
    ["filters", "/inbox", () => press(page, ["f"], "#filter .menu-item")],
    ["bar for a selection", "/inbox", chosen],
    ["question before sending", "ticket", (page) => write(page, "r", "reply", "Anbei der Plan.").then(() => press(page, ["Control+Enter"], "dialog:modal"))],
    ["whom to tell of the end", "ticket", (page) => press(page, ["e"], "dialog:modal [type=radio]")],
  ];
  assert.deepEqual(await check(page, number, pages), []);
});
