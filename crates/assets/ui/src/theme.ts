// The theme changes at once; the form around the button saves it.

import { closest } from "./dom";

document.addEventListener("click", (event) => {
  const button = closest(event, "[data-set-theme]");
  if (!button) return;
  const theme = button.dataset.setTheme;
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
});
