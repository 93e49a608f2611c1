// Customers are found while typing, made, changed, joined, separated and imported.

import assert from "node:assert/strict";

import { PHONE, eventually, story } from "./support/browser.mjs";
import { hindrances } from "./support/axe.mjs";

const word = () => `k${Math.random().toString(36).slice(2, 10)}`;

/** Makes a contact and stands on its page. */
async function make(page, name, fields = {}) {
  await page.goto("/customers/contacts/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  if (fields.address) await page.getByLabel("Adressen, erste und wichtigste").fill(fields.address);
  if (fields.phone) await page.getByLabel("Telefonnummern, erste und wichtigste").fill(fields.phone);
  if (fields.company) await page.getByLabel("Firma", { exact: true }).fill(fields.company);
  await page.locator("#customer-form").getByRole("button", { name: "Speichern" }).last().click();
  await page.waitForURL(/\/customers\/contacts\/\d+/);
  return new URL(page.url()).pathname;
}

story("a customer is found by keys and while typing, and leads to a new ticket", async (page) => {
  await page.goto("/inbox");
  await page.keyboard.press("g");
  await page.keyboard.press("k");
  await page.waitForURL("**/customers");
  await page.keyboard.press("/");
  await page.keyboard.type("lindenau");
  const row = page.locator("li.crow");
  await eventually(async () => assert.equal(await row.count(), 1));
  assert.match(page.url(), /q=lindenau/);
  assert.equal(await page.evaluate(() => document.activeElement.id), "find");
  await page.locator("#customer-kinds").getByText("Kontakte").click();
  await eventually(async () => assert.ok((await row.count()) > 1));
  await page.locator("li.crow a", { hasText: "Katrin Brandt" }).click();
  await page.getByRole("heading", { name: "Katrin Brandt" }).waitFor();
  const ticket = page.locator("main").getByRole("link", { name: "Neues Ticket" });
  assert.match(await ticket.getAttribute("href"), /^\/tickets\/new\?contact=\d+$/);
  await page.keyboard.press("b");
  await page.waitForURL(/\/edit$/);
});

story("a contact gets addresses, numbers and the company of its address", async (page) => {
  const name = `Test ${word()}`;
  const path = await make(page, name, { address: `${word()}@sw-lindenau.example`, phone: "0341 1" });
  await page.getByText("Der Adresse nach gehört die Person zu Stadtwerke Lindenau").waitFor();
  await page.getByRole("button", { name: "Übernehmen" }).click();
  await page.locator("#facts").getByRole("link", { name: "Stadtwerke Lindenau" }).waitFor();
  await page.goto(`${path}/edit`);
  await page.getByLabel("Telefonnummern, 2").fill("0171 22");
  await page.getByRole("group", { name: "Telefonnummern" }).getByRole("button", { name: "Eine weitere" }).click();
  await page.getByLabel("Telefonnummern, 3").fill("0228 33");
  await page.locator("#customer-form").getByRole("button", { name: "Speichern" }).last().click();
  await page.getByText("Gesichert.").waitFor();
  assert.deepEqual(await page.locator("#facts a[href^='tel:']").allTextContents(), ["0341 1", "0171 22", "0228 33"]);
});

story("two contacts are joined and separated again", async (page) => {
  const name = `Doppel ${word()}`;
  await make(page, name, { address: `${word()}@kunde.example` });
  await make(page, name, { address: `${word()}@kunde.example` });
  await page.keyboard.press("m");
  await page.waitForURL(/\/join$/);
  await page.locator("li.crow a", { hasText: name }).click();
  await page.getByText("Alle bleiben:").first().waitFor();
  assert.deepEqual(await hindrances(page), []);
  await page.getByRole("button", { name: "Zusammenführen" }).click();
  await page.locator("#facts a[href^='mailto:']").nth(1).waitFor();
  await page.getByRole("button", { name: "Rückgängig" }).click();
  await page.getByText("Wieder getrennt.", { exact: true }).waitFor();
  assert.equal(await page.locator("#facts a[href^='mailto:']").count(), 1);
});

story("a file is checked and imported, in one go with a script", async (page) => {
  await page.goto("/customers/import");
  const one = word();
  let table = "Vorname;Nachname;E-Mail;Telefon\r\n;;kein;\r\n";
  for (let number = 0; number < 2100; number += 1) table += `${one};Nr ${number};${one}${number}@kunde.example;\r\n`;
  await page.getByLabel("Datei", { exact: true }).setInputFiles({ name: "kunden.csv", mimeType: "text/csv", buffer: Buffer.from(table) });
  await page.getByRole("button", { name: "Datei prüfen" }).click();
  await page.getByText("Zeile 2").waitFor();
  assert.deepEqual(await hindrances(page), []);
  await page.getByRole("button", { name: "2.100 Zeilen einlesen" }).click();
  await page.getByText("Alle Zeilen sind durchgegangen.").waitFor({ timeout: 50_000 });
  await page.goto(`/customers?kind=contacts&q=${one}2099@`);
  assert.equal(await page.locator("li.crow").count(), 1);
});

story("without scripts a customer is found, changed and opened", { javaScriptEnabled: false }, async (page) => {
  const name = `Still ${word()}`;
  const path = await make(page, name, { phone: "0341 77" });
  await page.goto("/customers?kind=contacts");
  await page.fill("#find", name);
  await page.press("#find", "Enter");
  await page.locator("li.crow a", { hasText: name }).click();
  await page.waitForURL(`**${path}`);
  await page.goto(`${path}/edit`);
  await page.getByRole("group", { name: "Adressen" }).getByRole("button", { name: "Eine weitere" }).click();
  await page.getByLabel("Funktion").fill("Einkauf");
  await page.locator("#customer-form").getByRole("button", { name: "Speichern" }).last().click();
  await page.getByText("Gesichert.").waitFor();
  await page.goto(`${path}/edit`);
  await page.locator("summary", { hasText: "löschen" }).click();
  await page.getByRole("button", { name: "Löschen" }).click();
  await page.getByText("Gelöscht.").waitFor();
});

story("the facts of a customer are at hand on a phone", { viewport: PHONE, hasTouch: true, isMobile: true }, async (page) => {
  await page.goto("/customers?q=lindenau");
  await page.locator("li.crow a").first().tap();
  await page.getByRole("button", { name: "Angaben zur Firma" }).tap();
  await page.locator("#facts").getByText("20114").waitFor();
  assert.deepEqual(await hindrances(page), []);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= PHONE.width, `${wide} px`);
});

story("the key of the new ticket means the customer: of the page, and of the row", async (page) => {
  const name = `Taste ${word()}`;
  const path = await make(page, name, { phone: "0341 78" });
  await page.goto(path);
  await page.keyboard.press("c");
  await page.waitForURL(new RegExp(`/tickets/new\\?contact=${path.split("/").pop()}$`));
  await page.goto(`/customers?kind=contacts&q=${encodeURIComponent(name)}`);
  await page.keyboard.press("j");
  await page.locator("li.crow[aria-current=true]").waitFor();
  await page.keyboard.press("c");
  await page.waitForURL(new RegExp(`/tickets/new\\?contact=${path.split("/").pop()}$`));
  assert.equal(await page.locator("#name").inputValue(), name);
  await page.goto("/customers?q=gibtesnicht");
  await page.keyboard.press("c");
  await page.waitForURL(/\/tickets\/new(\?draft=.*)?$/);
});

story("a company that is there already is named beside the form, which keeps what was typed", { forgives: [/422/] }, async (page) => {
  await page.goto("/customers/companies/new");
  await page.getByLabel("Name", { exact: true }).fill("stadtwerke lindenau");
  await page.getByLabel("Domain", { exact: true }).fill("gmx.de");
  await page.getByLabel("Notiz", { exact: true }).fill("Neu");
  await page.locator("#customer-form").getByRole("button", { name: "Speichern" }).last().click();
  await page.getByText("Eine Firma dieses Namens gibt es schon.").waitFor();
  await page.getByText("In dieser Domain kann jeder eine Adresse haben.").waitFor();
  assert.equal(await page.getByLabel("Notiz", { exact: true }).inputValue(), "Neu");
  assert.deepEqual(await hindrances(page), []);
  const [other] = await Promise.all([page.waitForEvent("popup"), page.getByRole("link", { name: "Stadtwerke Lindenau ansehen" }).click()]);
  await other.getByRole("heading", { name: "Stadtwerke Lindenau" }).waitFor();
  await other.close();
  await page.getByLabel("Domain", { exact: true }).fill("");
  await page.getByLabel("Das ist eine andere Firma: trotzdem speichern").check();
  await page.locator("#customer-form").getByRole("button", { name: "Speichern" }).last().click();
  await page.getByText("Angelegt.", { exact: true }).waitFor();
  await page.goto(`${new URL(page.url()).pathname}/edit`);
  await page.locator("summary", { hasText: "löschen" }).click();
  await page.getByRole("button", { name: "Löschen" }).click();
  await page.getByText("Gelöscht.").waitFor();
});

story("a file that is too large is refused at its field", { forgives: [/422/] }, async (page) => {
  await page.goto("/customers/import");
  const buffer = Buffer.alloc(27 * 1024 * 1024, "Name\n");
  await page.getByLabel("Datei", { exact: true }).setInputFiles({ name: "kunden.csv", mimeType: "text/csv", buffer });
  await page.getByRole("button", { name: "Datei prüfen" }).click();
  await page.locator("#file-error", { hasText: "größer als 25 MB" }).waitFor();
  assert.deepEqual(await hindrances(page), []);
});
