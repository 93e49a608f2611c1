// Banners over the page. Their sentences are printed by the page in `<template>`s, in the reader's language.

import { fromTemplate } from "./dom";

interface Filling {
  /** Shown in `<time data-since>`. */
  since?: Date;
  /** Called by the button `[data-retry]`. */
  retry?: () => void;
  /** Where the link `[data-sign-in]` leads back to. */
  back?: string;
}

/** Shows the banner of this template, in place of an earlier one of the same kind. */
export function showBanner(template: string, { since, retry, back }: Filling): void {
  const banner = fromTemplate(template);
  const place = document.getElementById("banners");
  if (!banner || !place) return;
  hideBanner(template);
  banner.dataset.banner = template;
  const time = banner.querySelector("[data-since]");
  if (time && since) {
    time.textContent = since.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  }
  banner.querySelector("[data-retry]")?.addEventListener("click", () => {
    banner.remove();
    retry?.();
  });
  banner.querySelector("[data-dismiss]")?.addEventListener("click", () => banner.remove());
  if (back) banner.querySelector("[data-sign-in]")?.setAttribute("href", `/signin?back=${encodeURIComponent(back)}`);
  place.append(banner);
}

export function isShown(template: string): boolean {
  return document.querySelector(`[data-banner="${template}"]`) !== null;
}

export function hideBanner(template: string): void {
  document.querySelector(`[data-banner="${template}"]`)?.remove();
}
