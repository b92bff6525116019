// One key does what a link or button with data-key does. Off in fields, while a Vietnamese keyboard composes,
// and when a person has switched single keys off.
const OFF = "dossier-keys-off";
const box = document.getElementById("tat-phim");
const off = () => { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } };
if (box) {
  box.checked = off();
  box.addEventListener("change", () => { try { localStorage.setItem(OFF, box.checked ? "1" : "0"); } catch { /* private window */ } });
}
const typing = (at) => at instanceof Element && at.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
// What was unfolded around the focus folds, and the keys go on where it was unfolded; what was typed stays.
const folded = (at) => {
  const around = at instanceof Element && !at.closest("dialog") && at.closest("details[open]");
  if (around) { around.open = false; around.querySelector("summary").focus(); }
  return Boolean(around);
};
let leader = 0;
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.key === "Escape" && folded(event.target)) return;
  if (typing(event.target)) { if (event.key === "Escape") event.target.blur(); return; }
  if (document.querySelector("dialog[open]")) return;
  const key = event.key;
  if (key === "?") { document.getElementById("phim")?.showModal(); event.preventDefault(); return; }
  if (off()) return;
  if (key === "/") { document.getElementById("tim-nhanh")?.focus(); event.preventDefault(); return; }
  if (leader && Date.now() - leader < 1500) {
    leader = 0;
    const there = [...document.querySelectorAll("[data-go]")].find((link) => link.dataset.go === key);
    if (there) { there.click(); event.preventDefault(); }
    return;
  }
  if (key === "g") { leader = Date.now(); return; }
  const field = [...document.querySelectorAll("[data-focus]")].find((each) => each.dataset.focus === key);
  if (field) { field.focus(); event.preventDefault(); return; }
  const meant = [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key.split(" ").includes(key));
  if (meant) { event.preventDefault(); meant.click(); }
});
// A decision is sent once, however often the key is hit before the next page is there.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) { event.preventDefault(); return; }
  if (event.target.method === "post") event.target.dataset.sent = "1";
});
addEventListener("pageshow", () => { for (const form of document.forms) delete form.dataset.sent; });
