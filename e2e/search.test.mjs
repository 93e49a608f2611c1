// Finding by the palette and by the search.

import assert from "node:assert/strict";

import { eventually, story } from "./support/browser.mjs";
import { newTicket, shown } from "./support/tickets.mjs";

const chosen = (page) => page.locator("#palette [role=option][aria-selected=true]");

story("the palette finds a ticket by its words and opens it", async (page, context) => {
  const { number, word } = await newTicket(context);
  await page.goto("/inbox");
  await page.keyboard.press("Control+k");
  await page.keyboard.type(word.slice(0, -1));
  await page.locator("#palette [role=option]", { hasText: number }).waitFor();
  await eventually(async () => {
    assert.match(await chosen(page).innerText(), new RegExp(number));
    assert.equal(await page.locator("#palette input").getAttribute("aria-activedescendant"), await chosen(page).getAttribute("id"));
  });
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/tickets/${number}*`);
});

story("the palette runs a command of the page below and closes with Escape", async (page, context) => {
  const { number } = await newTicket(context);
  await page.goto(`/tickets/${number}`);
  await page.keyboard.press("Control+k");
  await page.locator("#palette > .ctx", { hasText: number }).waitFor();
  await page.keyboard.type("Lösen");
  await eventually(async () => assert.match(await chosen(page).innerText(), /Lösen/));
  assert.equal(await page.locator("#palette > .ctx").count(), 1);
  await page.keyboard.press("Enter");
  await eventually(async () => assert.equal(await shown(page, "status"), "Gelöst"));
  await page.locator("#question dialog:modal").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: /^Suchen/ }).click();
  assert.equal(await page.locator("#palette").isVisible(), true);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#palette").isVisible(), false);
});

story("the palette goes to a place by arrow and Enter", async (page) => {
  await page.goto("/inbox");
  await page.keyboard.press("Control+k");
  await page.locator("#palette [role=option]").nth(1).waitFor();
  await page.keyboard.press("ArrowDown");
  const second = page.locator("#palette [role=option]").nth(1);
  assert.equal(await second.getAttribute("aria-selected"), "true");
  const address = await second.getAttribute("data-href");
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${address}`);
});

story("the search shows the words it found and leads to their place", async (page, context) => {
  const { number, word } = await newTicket(context, { text: "Der Rollcontainer klemmt seit gestern." });
  await page.goto("/search");
  await page.keyboard.type(`klemmt ${word}`);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\?q=/);
  const hit = page.locator("li.found", { hasText: number }).first();
  await hit.waitFor();
  assert.deepEqual(await hit.locator("mark").allInnerTexts(), ["klemmt", word]);
  await hit.getByRole("link").click();
  await page.waitForURL(`**/tickets/${number}#message-*`);
});

story("a search without hits offers what to do next", async (page) => {
  await page.goto("/search?q=gibtesnirgendwo");
  assert.match(await page.locator("#found").innerText(), /^Keine Treffer für „gibtesnirgendwo“/);
  await page.goto(`/search?q=${encodeURIComponent('"gibtesnirgendwo" ist:offen')}`);
  await page.getByRole("link", { name: "Auch gelöste" }).click();
  await page.waitForURL((url) => url.searchParams.get("q") === '"gibtesnirgendwo"');
  assert.equal(await page.getByRole("link", { name: "Auch gelöste" }).count(), 0);
});
