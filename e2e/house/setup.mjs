// From an empty folder to the first answered mail, by keyboard alone. A test program starts the servers and this script, which says
// on standard output what it waits for, so that a customer can write meanwhile.
//
// HOUSE is JSON: link, language, imap and smtp (ports on localhost), address and password of the mailbox, pictures (a folder).

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";

import { hindrances } from "../support/axe.mjs";

const house = JSON.parse(process.env.HOUSE);
const ENGLISH = house.language === "en";
const say = (german, english) => (ENGLISH ? english : german);
let steps = 0;
let fields = 0;

const browser = await chromium.launch({ executablePath: process.env.E2E_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const context = await browser.newContext({ locale: ENGLISH ? "en-GB" : "de-DE", timezoneId: "Europe/Berlin", reducedMotion: "reduce" });
context.setDefaultTimeout(40_000);
const page = await context.newPage();
page.on("console", (message) => message.type() === "error" && !/401|404|422/.test(message.text()) && complain(message.text()));
const complaints = [];
const complain = (words) => complaints.push(words);

async function press(key) {
  steps += 1;
  await page.keyboard.press(key);
}

async function type(text) {
  fields += 1;
  await page.keyboard.type(text);
}

/** Tab until this stands in focus. */
async function reach(selector) {
  for (let tries = 0; tries < 60; tries += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    await press("Tab");
  }
  assert.fail(`${selector} cannot be reached by Tab`);
}

/** Light, dark and narrow: nothing hinders anybody, nothing runs over. */
async function look(name) {
  for (const [kind, width, colorScheme] of [["light", 1440, "light"], ["dark", 1440, "dark"], ["phone", 390, "light"]]) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await hindrances(page), [], `${name} ${kind}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${name} ${kind} is ${over} points too wide`);
    if (house.pictures) {
      mkdirSync(house.pictures, { recursive: true });
      await page.screenshot({ path: path.join(house.pictures, `${name}-${kind}-${house.language}.png`), fullPage: true });
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
}

try {
  await page.goto(house.link);
  await page.getByRole("heading", { name: say("Ersteinrichtung", "First set-up") }).waitFor();
  await look("company");
  await reach("#name");
  for (const text of ["Mareike Thoms", "m.thoms@firma.test", "ein langer Satz", "Firma GmbH"]) {
    await type(text);
    await press("Tab");
  }
  await page.locator("#company").focus();
  await press("Enter");

  await page.locator("#address").waitFor();
  await reach("#address");
  await type(house.address);
  await reach("#password");
  await type("falsch");
  await reach("summary");
  await press("Enter");
  for (const [field, text] of [["imap_host", "localhost"], ["imap_port", house.imap], ["smtp_host", "localhost"], ["smtp_port", house.smtp]]) {
    await reach(`#${field}`);
    await type(String(text));
  }
  await press("Enter");
  await page.getByText(say("Empfang geht noch nicht", "Receiving does not work yet")).waitFor();
  await look("mailbox-refused");
  await reach("#password");
  await type(house.password);
  await press("Enter");

  await page.getByText(say("Empfang und Versand arbeiten.", "Receiving and sending work.")).waitFor();
  await look("first");
  await reach("footer a.btn-primary");
  await press("Enter");
  await page.locator("li.trow").first().waitFor();
  console.log("READY");

  const row = page.locator("li.trow a", { hasText: "Regal wackelt" });
  for (let tries = 0; tries < 60 && (await row.count()) === 0; tries += 1) {
    await page.waitForTimeout(500);
    await page.reload();
  }
  await row.focus();
  await press("Enter");
  await page.waitForURL("**/tickets/**");
  await press("r");
  await page.locator(".draft[data-kind=reply] [contenteditable=true]").waitFor();
  await type(say("Bitte die Schrauben anziehen.", "Please tighten the screws."));
  await press("Control+Enter");
  await page.locator("#thread .pill", { hasText: say("Gesendet", "Sent") }).waitFor();
  assert.deepEqual(complaints, []);
  console.log(`${steps} keys beside the typed text, ${fields} fields`);
} catch (error) {
  await page.screenshot({ path: path.join(house.pictures || "/tmp", "setup-failed.png"), fullPage: true }).catch(() => {});
  throw error;
} finally {
  await browser.close();
}
