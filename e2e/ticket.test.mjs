// The page of a ticket: reading it, changing it in place, taking a change back.

import assert from "node:assert/strict";

import { eventually, story } from "./support/browser.mjs";
import { send } from "./support/mails.mjs";
import { choose, newTicket, shown } from "./support/tickets.mjs";

/** The lines of history, without their times. */
const history = (page) => page.locator("#thread .event > span").allInnerTexts();

// Proves F-HIST-02.
story("a changed status, person and tag is saved at once and stands in the history", async (page, context) => {
  const { number } = await newTicket(context);
  await page.goto(`/tickets/${number}`);
  await choose(page, "status", "Offen");
  await choose(page, "assignee", "Svenja Albers");
  await page.keyboard.press("t");
  await page.keyboard.type("Spedition");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Spedition entfernen" }).waitFor();
  await eventually(async () => {
    const lines = await history(page);
    for (const line of [
      "Mareike Thoms hat den Status auf Offen gesetzt",
      "Mareike Thoms hat das Ticket an Svenja Albers gegeben",
      "Mareike Thoms hat das Schlagwort Spedition vergeben",
    ]) {
      assert.equal(lines.filter((one) => one === line).length, 1, lines.join("\n"));
    }
  });
  await page.reload();
  assert.equal(await shown(page, "status"), "Offen");
  assert.equal(await shown(page, "assignee"), "Svenja Albers");
});

story("Z takes the last change back", async (page, context) => {
  const { number } = await newTicket(context);
  await page.goto(`/tickets/${number}`);
  const before = await shown(page, "status");
  await page.keyboard.press("e");
  await page.locator(".toast [data-undo]").waitFor();
  assert.equal(await shown(page, "status"), "Gelöst");
  await page.keyboard.press("z");
  await eventually(async () => assert.equal(await shown(page, "status"), before));
  await page.reload();
  assert.equal(await shown(page, "status"), before);
});

story("spam and bin are one key each, and Z brings the ticket back", async (page, context) => {
  const { number } = await newTicket(context);
  for (const [key, banner] of [["!", "Das ist als Spam abgelegt."], ["#", "Das liegt im Papierkorb."]]) {
    await page.goto(`/tickets/${number}`);
    await page.keyboard.press(key);
    await page.locator(".toast [data-undo]").waitFor();
    await page.reload();
    assert.match(await page.locator(".banner").innerText(), new RegExp(banner));
    await page.getByRole("button", { name: "Zurückholen" }).click();
    await eventually(async () => {
      await page.reload();
      assert.equal(await page.locator(".banner").count(), 0);
    });
  }
});

story("a customer's answer appears in the open ticket without a reload", async (page, context) => {
  const { number, subject, id } = await newTicket(context);
  await page.goto(`/tickets/${number}`);
  await page.evaluate(() => { window.stillTheSamePage = true; });
  await send({ subject: `Re: ${subject}`, text: "Der Stempel fehlt noch.", answers: id });
  await page.getByText("Der Stempel fehlt noch.").waitFor();
  assert.equal(await page.locator("#thread article.msg").count(), 2);
  assert.equal(await page.evaluate(() => window.stillTheSamePage), true);
});

// Proves F-FLD-33.
story("showing a ticket reads it, and it can be marked as unread again", async (page, context) => {
  const { number, word } = await newTicket(context);
  await page.goto(`/inbox?q=${word}`);
  assert.equal(await page.locator("li.trow[data-new]").count(), 1);
  const read = page.waitForResponse((answer) => answer.url().endsWith("/seen"));
  await page.locator("li.trow a").click();
  await read;
  await page.goto(`/inbox?q=${word}`);
  assert.equal(await page.locator("li.trow[data-new]").count(), 0);
  await page.goto(`/tickets/${number}`);
  await page.getByRole("button", { name: "Weitere Aktionen", exact: true }).click();
  const unread = page.waitForResponse((answer) => answer.url().endsWith("/unseen"));
  await page.getByRole("button", { name: "Als ungelesen markieren" }).click();
  await unread;
  await page.goto(`/inbox?q=${word}`);
  assert.equal(await page.locator("li.trow[data-new]").count(), 1);
});
