// What a person sets for their own screen.

import assert from "node:assert/strict";

import { password, person } from "./support/demo.mjs";
import { hindrances } from "./support/axe.mjs";
import { PHONE, eventually, newContext, story } from "./support/browser.mjs";

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
  await page.waitForLoadState();
  await page.keyboard.press("j");
  assert.equal(await page.locator("li.trow[aria-current=true]").count(), 0);
  await account(page, /Konto/);
  await page.getByRole("group", { name: "Einzeltasten" }).getByRole("button", { name: "An" }).click();
  await page.waitForSelector("html:not([data-keys])");
  // Keys are known once the page has loaded, not as soon as it shows.
  await page.waitForLoadState();
  await page.keyboard.press("j");
  assert.equal(await page.locator("li.trow[aria-current=true]").count(), 1);
});

/** A second browser of a person, signed in with this password. */
async function elsewhere(address, words) {
  const context = await newContext(null);
  const page = await context.newPage();
  await page.goto("/signin");
  await page.fill("#address", address);
  await page.fill("#password", words);
  await page.click("button.btn-primary");
  await page.waitForURL("**/inbox");
  return page;
}

// Nobody else's story signs in as these: one has another password afterwards.
const OWNER = "p.nowak";
const OTHER = "t.krueger";
const WORDS = "ein anderer langer Satz";

story("name, screen, password and sessions are one's own", { as: person(OWNER), forgives: [/422/] }, async (page) => {
  const other = await elsewhere(person(OWNER), password);
  await page.goto("/profile");
  const name = await page.getByLabel("Name", { exact: true }).inputValue();
  await page.getByLabel("Name", { exact: true }).fill("");
  await page.getByLabel("Telefon").fill("keine Nummer");
  await page.evaluate(() => document.querySelector("main form").setAttribute("novalidate", ""));
  await page.getByRole("button", { name: "Speichern" }).click();
  await page.getByText("Geben Sie einen Namen ein.").waitFor();
  await page.getByText("Das ist keine Telefonnummer.").waitFor();
  assert.equal(await page.getByLabel("Telefon").inputValue(), "keine Nummer");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Telefon").fill("0561 1234-17");
  await page.getByLabel("Telefon").press("Enter");
  await page.getByText("Ihre Angaben sind gespeichert.").waitFor();

  const height = () => page.locator("main .seg > button").first().evaluate((button) => button.getBoundingClientRect().height);
  const compact = await height();
  await page.getByRole("button", { name: "Luftig" }).press("Enter");
  await page.waitForSelector("html[data-density=luftig]");
  assert.ok((await height()) > compact);
  await page.getByRole("button", { name: "Kompakt" }).press("Enter");
  await page.waitForSelector("html:not([data-density])");

  await page.locator(".sessions > li").nth(1).waitFor();
  await page.getByText("(diese hier)").waitFor();
  await page.getByLabel("Jetziges Passwort").fill(password);
  await page.getByLabel("Neues Passwort", { exact: true }).fill(WORDS);
  await page.getByLabel("Neues Passwort noch einmal").fill(WORDS);
  await page.getByLabel("Neues Passwort noch einmal").press("Enter");
  await page.getByText("Ihr Passwort ist geändert.").waitFor();
  assert.equal(await page.locator(".sessions > li").count(), 1);
  await other.goto("/inbox");
  await other.waitForURL("**/signin?*");

  const third = await elsewhere(person(OWNER), WORDS);
  await page.reload();
  await page.getByRole("button", { name: "Überall sonst abmelden" }).press("Enter");
  await page.getByText("Sie sind überall sonst abgemeldet.").waitFor();
  await third.goto("/inbox");
  await third.waitForURL("**/signin?*");
  for (const one of [other, third]) await one.context().close();
});

story("one's own account is usable by everybody", { as: person(OTHER) }, async (page) => {
  const other = await elsewhere(person(OTHER), password);
  const found = [];
  const look = async (name) => {
    await page.goto("/profile");
    found.push(...(await hindrances(page)).map((words) => `${name}: ${words}`));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    if (wide) found.push(`${name}: wider than the window`);
  };
  await look("light");
  await page.emulateMedia({ colorScheme: "dark" });
  await look("dark");
  await page.setViewportSize(PHONE);
  await look("phone");
  assert.deepEqual(found, []);
  await other.context().close();
});

story("an administrator has no rights to choose", async (page) => {
  await page.goto("/settings/people");
  await page.locator("th.who a").first().click();
  await page.locator("#role").waitFor();
  const own = page.locator(".own-rights");
  await page.locator("#role").selectOption("agent");
  await own.waitFor();
  await page.locator("#role").selectOption("administrator");
  await own.waitFor({ state: "hidden" });
  await page.getByText("Verwaltung darf alles überall. Neben dieser Rolle").waitFor();
});
