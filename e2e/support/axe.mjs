// Accessibility rules of WCAG 2.0 to 2.2, levels A and AA, checked by axe.

import axe from "axe-core";

const RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];

/** What axe finds on a page: one line per violation that hinders people seriously. Mails in frames are not ours. */
export async function hindrances(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate((rules) => globalThis.axe.run(document, { runOnly: rules, resultTypes: ["violations"], iframes: false }), RULES);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.flat().join(" ")}: ${failureSummary}`));
}
