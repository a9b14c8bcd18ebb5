// Small things that make pages nicer; every page works without them.
"use strict";

// An error summary gets the focus, so that a screen reader reads it first.
function focusErrors(root) {
  const summary = root.querySelector("[data-foutoverzicht]");
  if (summary) summary.focus();
}

// A link in the error summary puts the cursor in the field, not only in sight.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-foutoverzicht] a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (field) {
    event.preventDefault();
    field.scrollIntoView({ block: "center" });
    field.focus();
  }
});

// Menus close on Escape (focus goes back to the button) and on a click elsewhere.
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  if (event.target.closest("[data-afdrukken]")) window.print();
  const opener = event.target.closest("[data-dialoog]");
  if (opener) document.getElementById(opener.dataset.dialoog)?.showModal();
  if (event.target.closest("[data-sluit]")) event.target.closest("dialog")?.close();
});

// A form is sent once, also when somebody double-clicks.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.target || form.hasAttribute("data-meermalig") || event.defaultPrevented) return;
  if (form.dataset.verstuurd) event.preventDefault();
  else {
    form.dataset.verstuurd = "ja";
    event.submitter?.setAttribute("aria-busy", "true");
  }
});
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-verstuurd]")) delete form.dataset.verstuurd;
  for (const button of document.querySelectorAll("[aria-busy='true']")) button.removeAttribute("aria-busy");
});

// A page that one comes back to gets the one-time keys it had, so that its form is recognised when it is sent again. A page
// that is opened or reloaded keeps the new ones.
const keys = [...document.querySelectorAll("input[name='formuliersleutel']")];
if (keys.length) {
  const before = history.state?.formuliersleutels ?? [];
  const cameBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  keys.forEach((field, nth) => {
    const [action, key] = before[nth] ?? [];
    if (cameBack && action === field.form.action) field.value = key;
  });
  history.replaceState({ ...history.state, formuliersleutels: keys.map((field) => [field.form.action, field.value]) }, "");
}

// When the server can not be reached or refuses, say so; what was typed stays.
function say(text) {
  const place = document.getElementById("live-melding");
  if (place) {
    place.textContent = text;
    place.hidden = false;
  }
}
document.addEventListener("htmx:sendError", () => say("Er is geen verbinding. Wat u typte staat er nog. Probeer het zo opnieuw."));
document.addEventListener("htmx:responseError", (event) => {
  const code = event.detail.xhr.status;
  if (code === 401 || code === 403) say("U bent niet meer ingelogd, of u mag dit niet. Wat u typte staat er nog. Log in een nieuw venster in en probeer het opnieuw.");
  else say("Dat lukte niet. Wat u typte staat er nog. Probeer het opnieuw.");
});
document.addEventListener("htmx:afterSwap", (event) => {
  const place = document.getElementById("live-melding");
  if (place) place.hidden = true;
  focusErrors(event.detail.target);
});
// What was saved while somebody typed is right: the errors of an earlier try go away.
function forgetErrors(form) {
  for (const error of form.querySelectorAll(".veldfout")) error.remove();
  for (const field of form.querySelectorAll(".veld-fout, .is-invalid")) {
    field.classList.remove("veld-fout", "is-invalid");
    field.removeAttribute("aria-invalid");
  }
  document.querySelector("[data-foutoverzicht]")?.remove();
  document.title = document.title.replace(/^Fout: /, "");
}
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt.closest("form");
  if (form) delete form.dataset.verstuurd;
  if (form && event.detail.successful) forgetErrors(form);
});

focusErrors(document);

// htmx is fetched by the pages that use it, so that the others stay light. Only when the page is complete: earlier, htmx
// could miss the moment at which it looks for its attributes.
if (document.querySelector("[hx-get],[hx-post],[hx-put],[hx-delete]")) {
  const fetchHtmx = () => {
    const script = document.createElement("script");
    script.src = document.querySelector("meta[name='htmx-src']").content;
    document.head.append(script);
  };
  if (document.readyState === "complete") fetchHtmx();
  else window.addEventListener("load", fetchHtmx);
}
