// The connection goes and comes back.

import assert from "node:assert/strict";

import { story } from "./support/browser.mjs";
import { send } from "./support/mails.mjs";
import { listWith, newTicket } from "./support/tickets.mjs";

/** Browser and htmx note each request that does not get through. */
const forgives = [/ERR_INTERNET_DISCONNECTED/, /ERR_NETWORK_CHANGED/, /htmx:(afterRequest|sendError)/];

story("without a connection the page says so, and catches up afterwards", { forgives }, async (page, context) => {
  const { word } = await newTicket(context);
  const streaming = page.waitForResponse((response) => new URL(response.url()).pathname === "/live");
  await page.goto(listWith(word));
  await streaming;
  await context.setOffline(true);
  const banner = page.locator(".banner", { hasText: "Keine Verbindung." });
  await banner.waitFor();
  assert.match(await banner.locator("time").innerText(), /^\d\d:\d\d$/);
  assert.equal(await page.locator("li.trow").count(), 1);
  await send({ subject: `Noch eine Frage ${word}`, text: "Sind Sie noch da?" });
  await context.setOffline(false);
  await banner.waitFor({ state: "detached" });
  await page.getByRole("link", { name: "1 neues Ticket" }).waitFor();
});

story("a change that does not get through says so, keeps the choice and can be tried again", { forgives }, async (page, context) => {
  const { number } = await newTicket(context);
  await page.goto(`/tickets/${number}`);
  await context.setOffline(true);
  await page.selectOption("#p-status", { label: "Offen" });
  const banner = page.getByRole("alert").filter({ hasText: "Das hat nicht geklappt." });
  await banner.waitFor();
  assert.equal(await page.locator("#p-status").evaluate((select) => select.selectedOptions[0].textContent), "Offen");
  await context.setOffline(false);
  await banner.getByRole("button", { name: "Erneut versuchen" }).click();
  await page.locator(".event", { hasText: "hat den Status auf Offen gesetzt" }).waitFor();
  assert.equal(await banner.count(), 0);
});
