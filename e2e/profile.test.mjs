// What a person sets for their own screen.

import assert from "node:assert/strict";

import { person } from "./support/demo.mjs";
import { eventually, story } from "./support/browser.mjs";

const account = (page, name) => page.getByRole("button", { name }).click();
const ground = (page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

story("the language changes to English and back", { as: person("a.demir") }, async (page) => {
  await page.goto("/inbox?list=unassigned");
  await account(page, /Konto/);
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("heading", { level: 1, name: /Unassigned|Not assigned/ }).waitFor();
  assert.equal(await page.getAttribute("html", "lang"), "en");
  assert.match(page.url(), /\/inbox\?list=unassigned$/);
  await account(page, /account/i);
  await page.getByRole("button", { name: "Deutsch" }).click();
  await page.getByRole("heading", { level: 1, name: /Nicht zugewiesen/ }).waitFor();
  assert.equal(await page.getAttribute("html", "lang"), "de");
});

story("the appearance follows the system until one is chosen, and stays chosen", { as: person("a.demir") }, async (page) => {
  await page.goto("/inbox");
  const light = await ground(page);
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await ground(page);
  assert.notEqual(dark, light);
  await account(page, /Konto/);
  await page.getByRole("button", { name: "Hell", exact: true }).click();
  await eventually(async () => assert.equal(await page.getAttribute("html", "data-theme"), "light"));
  await page.reload();
  assert.equal(await ground(page), light);
  await account(page, /Konto/);
  await page.getByRole("button", { name: "System", exact: true }).click();
  await eventually(async () => assert.equal(await page.getAttribute("html", "data-theme"), null));
  await page.reload();
  assert.equal(await ground(page), dark);
});

story("single keys can be switched off", { as: person("a.demir") }, async (page) => {
  await page.goto("/inbox");
  await account(page, /Konto/);
  await page.getByRole("group", { name: "Einzeltasten" }).getByRole("button", { name: "Aus" }).click();
  await page.waitForSelector("html[data-keys=off]");
  await page.keyboard.press("j");
  assert.equal(await page.locator("li.trow[aria-current=true]").count(), 0);
  await account(page, /Konto/);
  await page.getByRole("group", { name: "Einzeltasten" }).getByRole("button", { name: "An" }).click();
  await page.waitForSelector("html:not([data-keys])");
  await page.keyboard.press("j");
  assert.equal(await page.locator("li.trow[aria-current=true]").count(), 1);
});
