// Without JavaScript one can sign in, read, find and change.

import assert from "node:assert/strict";

import { administrator, password, person } from "./support/demo.mjs";
import { story } from "./support/browser.mjs";
import { listWith, newTicket, shown } from "./support/tickets.mjs";

const WITHOUT = { javaScriptEnabled: false };

story("without scripts one signs in, finds a ticket, reads it and changes its status", { ...WITHOUT, as: null }, async (page, context) => {
  await page.goto("/inbox");
  await page.fill("#address", administrator);
  await page.fill("#password", password);
  await page.getByRole("button", { name: "Anmelden" }).click();
  await page.waitForURL("**/inbox");
  const { number, word } = await newTicket(context, { html: "<p>Die Lieferung ist <b>da</b>.</p>" });
  await page.goto("/inbox");
  await page.fill("#list-query", word);
  await page.press("#list-query", "Enter");
  await page.locator("li.trow a").click();
  await page.frameLocator("iframe.mailframe").getByText("Die Lieferung ist da.").waitFor();
  await page.selectOption("#p-status", { label: "Offen" });
  await page.locator("form", { has: page.locator("#p-status") }).getByRole("button", { name: "Übernehmen" }).click();
  await page.locator(".event", { hasText: "hat den Status auf Offen gesetzt" }).waitFor();
  assert.match(page.url(), new RegExp(`/tickets/${number}$`));
  assert.equal(await shown(page, "status"), "Offen");
});

story("without scripts a ticket is marked as read by a button", WITHOUT, async (page, context) => {
  const { number, word } = await newTicket(context);
  await page.goto(`/tickets/${number}`);
  await page.getByRole("button", { name: "Als gelesen markieren" }).click();
  await page.getByRole("button", { name: "Als gelesen markieren" }).waitFor({ state: "detached" });
  await page.goto(listWith(word));
  assert.equal(await page.locator("li.trow").count(), 1);
  assert.equal(await page.locator("li.trow[data-new]").count(), 0);
});

story("without scripts the language is changed and the list is paged", { ...WITHOUT, as: person("j.petersen") }, async (page) => {
  await page.goto("/inbox");
  await page.getByRole("button", { name: /Konto/ }).click();
  await page.getByRole("button", { name: "English" }).click();
  await page.waitForSelector("html[lang=en]");
  await page.getByRole("button", { name: /account/i }).click();
  await page.getByRole("button", { name: "Deutsch" }).click();
  await page.waitForSelector("html[lang=de]");
  const first = await page.locator("li.trow").first().evaluate((row) => row.id.slice(2));
  await page.getByRole("link", { name: "Weitere Tickets laden" }).click();
  await page.waitForURL(/after=/);
  assert.notEqual(await page.locator("li.trow").first().evaluate((row) => row.id.slice(2)), first);
});

story("without scripts many tickets are not offered to be changed by a bar that cannot work", WITHOUT, async (page) => {
  await page.goto("/inbox");
  await page.locator("li.trow input").first().check();
  assert.equal(await page.locator(".script-only:visible").count(), 0);
});
