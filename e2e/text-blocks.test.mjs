// Text blocks are made, renamed, moved and switched off on a page of their own.

import assert from "node:assert/strict";

import { PHONE, eventually, story } from "./support/browser.mjs";
import { hindrances } from "./support/axe.mjs";

const names = (page) => page.locator("li.srow input[name=name]").evaluateAll((fields) => fields.map((field) => field.value));

/** Makes a block of one's own and writes its text. */
async function make(page, name, text) {
  await page.locator("#new-own").fill(name);
  await page.locator("#new-own").press("Enter");
  const row = page.locator("li.srow").filter({ has: page.locator(`input[value="${name}"]`) });
  await row.getByLabel("Text", { exact: true }).fill(text);
  await row.getByRole("button", { name: "Speichern" }).click();
  await page.getByText(`„${name}“ ist gesichert.`).waitFor();
}

story("a text block is made, moved by keys, renamed and switched off, and each step leads back", async (page) => {
  await page.goto("/inbox");
  await page.keyboard.press("g");
  await page.keyboard.press("t");
  await page.waitForURL("**/text-blocks");
  await make(page, "Danke", "{kontakt:anrede}, vielen Dank.");
  await make(page, "Bitte", "Bitte melden Sie sich.");
  assert.deepEqual((await names(page)).slice(-2), ["Danke", "Bitte"]);

  await page.locator("#name-bitte").focus();
  await page.keyboard.press("Alt+ArrowUp");
  await eventually(async () => assert.deepEqual((await names(page)).slice(-2), ["Bitte", "Danke"]));
  assert.equal(await page.evaluate(() => document.activeElement.id), "name-bitte");

  await page.locator("#name-bitte").fill("Bitte melden");
  await page.keyboard.press("Tab");
  await page.getByText("Der Textbaustein heißt jetzt „Bitte melden“.").waitFor();
  await page.locator("#on-danke").uncheck();
  await page.getByText("„Danke“ wird nicht mehr angeboten.").waitFor();
  await page.locator(".toast", { hasText: "nicht mehr angeboten" }).getByRole("button", { name: /Rückgängig/ }).click();
  await eventually(async () => assert.equal(await page.locator("#on-danke").isChecked(), true));
});

story("text blocks and the own account are usable by everybody", async (page) => {
  const found = [];
  const look = async (name) => {
    for (const address of ["/text-blocks", "/profile"]) {
      await page.goto(address);
      if (address === "/text-blocks") {
        const closed = page.locator("li.srow details:not([open]) > summary");
        if (await closed.count()) await closed.first().click();
      }
      found.push(...(await hindrances(page)).map((words) => `${address} ${name}: ${words}`));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      if (wide) found.push(`${address} ${name}: wider than the window`);
      if (process.env.E2E_PICTURES) await page.screenshot({ path: `${process.env.E2E_PICTURES}/${address.slice(1)}-${name}.png` });
    }
  };
  await look("light");
  await page.emulateMedia({ colorScheme: "dark" });
  await look("dark");
  await page.setViewportSize(PHONE);
  await look("phone");
  assert.deepEqual(found, []);
});

story("text blocks and the own account speak English", { locale: "en-GB" }, async (page) => {
  for (const [address, heading] of [["/text-blocks", "Text blocks"], ["/profile", "My account"]]) {
    await page.goto(address);
    await page.getByRole("heading", { level: 1, name: heading }).waitFor();
    assert.deepEqual(await hindrances(page), []);
  }
});

story("a block is made without a script", { javaScriptEnabled: false }, async (page) => {
  await page.goto("/text-blocks");
  await page.locator("#new-own").fill("Ohne Skript");
  await page.locator("#new-own").press("Enter");
  await page.waitForURL("**/text-blocks?open=ohne_skript#block-ohne_skript");
  await page.locator("#text-ohne_skript").fill("Es geht auch so.");
  await page.locator("#block-ohne_skript").getByRole("button", { name: "Speichern" }).last().click();
  await page.waitForURL("**/text-blocks");
  assert.equal(await page.locator("#text-ohne_skript").inputValue(), "Es geht auch so.");
});
