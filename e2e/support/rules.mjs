// Intake rules of the stories.

import { post } from "./pages.mjs";

/** The form for a new rule. */
export const NEW = "/settings/rules/new";

/** Makes a rule whose condition and actions are texts. */
export function rule(context, name, condition, actions) {
  return post(context, NEW, { name, active: "on", face: "text", condition, actions });
}

/** Saves the rule of the form that is shown. */
export function save(page) {
  return page.locator("#rule").getByRole("button", { name: "Speichern" }).click();
}

/** The choice of values in a row, which is a line until the row's field or action has been fetched. */
export const choice = (page, label) => page.locator(`select[aria-label="${label}"]`);

/** The rows of the list whose rules have this word. */
export const rowsWith = (page, word) => page.locator("#rules li.rule", { hasText: word });

/** The names of these rules, in their order. */
export const namesWith = (page, word) => rowsWith(page, word).locator("a.rt").allTextContents();

/** Deletes the rules that have this word, as everybody would: one after the other, on their pages. */
export async function forget(page, word) {
  await page.goto("/settings/rules");
  for (let left = await rowsWith(page, word).count(); left > 0; left -= 1) {
    await rowsWith(page, word).first().locator("a.rt").click();
    await page.locator("details.delentry > summary").click();
    await page.getByRole("button", { name: "Endgültig löschen" }).click();
    await page.locator(".toast", { hasText: "Regel gelöscht" }).waitFor();
  }
}
