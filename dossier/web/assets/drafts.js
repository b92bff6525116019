// What was typed as a reason outlives the end of a session: it stands there again once the same person has
// signed in, and after a refusal.
const KEPT = "dossier-draft|", SENT = "dossier-sent";
try {
  const sent = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  if (sent && document.body.hasAttribute("data-signed-in") && !document.querySelector("main > .message")) {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(sent)) sessionStorage.removeItem(key);
  }
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const of = KEPT + document.body.dataset.signedIn + "|" + location.pathname + "|" + form.dataset.draft + "|";
    for (const field of form.querySelectorAll("input:not([type=hidden]), textarea")) {
      const kept = sessionStorage.getItem(of + field.name);
      if (kept && !field.value) { field.value = kept; form.closest("details")?.setAttribute("open", ""); }
      field.addEventListener("input", () => sessionStorage.setItem(of + field.name, field.value));
    }
    form.addEventListener("submit", () => sessionStorage.setItem(SENT, of));
  }
} catch { /* a private window keeps nothing */ }
