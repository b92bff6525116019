// Hits while somebody types: one request at a time, the last one wins; the page works without it as well.
const form = document.querySelector("form[data-live]");
const region = document.getElementById("ket-qua");
const field = form?.elements.namedItem("q");
if (form && region && field) {
  const asHtml = window.trustedTypes?.createPolicy("dossier", { createHTML: (text) => text }) ?? { createHTML: (text) => text };
  let wanted = field.value, shown = field.value, busy = false, timer = 0;
  const address = () => {
    const query = new URLSearchParams(new FormData(form));
    for (const [name, value] of [...query]) if (!value) query.delete(name);
    return `/tim?${query}`;
  };
  const look = async () => {
    if (busy || wanted === shown) return;
    busy = true;
    const now = wanted, at = address();
    region.setAttribute("aria-busy", "true");
    try {
      const reply = await fetch(`${at}${at.endsWith("?") ? "" : "&"}dang-go=1`, { headers: { accept: "text/html" } });
      if (reply.redirected) { location.assign(at); return; } // the session has ended
      if (reply.ok) {
        const page = new DOMParser().parseFromString(asHtml.createHTML(await reply.text()), "text/html");
        const fresh = page.getElementById("ket-qua");
        if (fresh && now === wanted) {
          region.replaceChildren(...fresh.childNodes);
          history.replaceState(null, "", at);
        }
      }
    } catch { /* the server is away: the button still asks for a whole page */ } finally {
      shown = now; busy = false;
      region.removeAttribute("aria-busy");
      look();
    }
  };
  const typed = () => { wanted = field.value; clearTimeout(timer); timer = setTimeout(look, 120); };
  field.addEventListener("input", (event) => { if (!event.isComposing) typed(); });
  field.addEventListener("compositionend", typed);
  // Arrows walk through the hits; Enter opens, as on any link.
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    const links = [...region.querySelectorAll(".hits a[data-hit]")];
    const here = links.indexOf(document.activeElement);
    if (here < 0 && document.activeElement !== field) return;
    const next = event.key === "ArrowDown" ? links[here + 1] : here > 0 ? links[here - 1] : field;
    if (next) { next.focus(); event.preventDefault(); }
  });
}
