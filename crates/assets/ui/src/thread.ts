// A conversation that is fetched again keeps open what stands open: somebody may be reading it.

document.addEventListener("htmx:configRequest", (event) => {
  const { elt, formData } = (event as CustomEvent<{ elt: Element; formData: FormData }>).detail;
  if (elt.id !== "thread") return;
  const open = elt.querySelectorAll(":scope > .msg, .folded[open] > .msg");
  formData.set("open", [...open].map((message) => message.id.slice("message-".length)).join(" "));
});
