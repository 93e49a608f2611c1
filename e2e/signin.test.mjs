// Signing in and out.

import assert from "node:assert/strict";

import { administrator, password, person } from "./support/demo.mjs";
import { eventually, story } from "./support/browser.mjs";

/** Browsers note every answer that is an error; here the page says what to do. */
const REFUSED = [/Failed to load resource.*422/, /^422 POST \/signin$/];

async function tryToSignIn(page, address, word) {
  await page.fill("#address", address);
  await page.fill("#password", word);
  await page.getByRole("button", { name: "Anmelden" }).click();
}

story("whoever signs in comes to the page that was asked for", { as: null }, async (page) => {
  await page.goto("/inbox?list=unassigned");
  await page.waitForURL("**/signin?back=*");
  await tryToSignIn(page, administrator, password);
  await page.waitForURL("**/inbox?list=unassigned");
  assert.equal(await page.getByRole("heading", { level: 1 }).innerText().then((text) => text.split("\n")[0].startsWith("Nicht zugewiesen")), true);
});

story("a wrong password and an unknown address are refused with the same words", { as: null, forgives: REFUSED }, async (page) => {
  const said = [];
  for (const address of [person("s.albers"), "nobody@brueckner-objekt.example"]) {
    await page.goto("/signin");
    await tryToSignIn(page, address, "falsch-falsch");
    said.push(await page.getByRole("alert").innerText());
    assert.equal(await page.inputValue("#address"), address);
    assert.equal(await page.inputValue("#password"), "");
    assert.equal(await page.evaluate(() => document.activeElement.id), "password");
  }
  assert.deepEqual(said, ["E-Mail oder Passwort stimmt nicht.", "E-Mail oder Passwort stimmt nicht."]);
  await tryToSignIn(page, person("s.albers"), password);
  await page.waitForURL("**/inbox");
});

story("after signing out the back button shows nothing", { as: null }, async (page) => {
  await page.goto("/signin");
  await tryToSignIn(page, person("j.reuter"), password);
  await page.waitForURL("**/inbox");
  await page.locator("li.trow a").first().click();
  await page.waitForURL("**/tickets/*");
  await page.getByRole("button", { name: /Konto/ }).click();
  await page.getByRole("button", { name: "Abmelden" }).click();
  await page.waitForURL("**/signin");
  await page.goBack();
  await eventually(async () => assert.match(page.url(), /\/signin/));
  assert.equal(await page.locator("#conversation").count(), 0);
});
