// News from the server: a page that nobody is typing in loads itself anew, another one says that there is something.
const news = document.getElementById("co-moi");
const reading = document.getElementById("dang-doc");
if (news && "EventSource" in window) {
  let line = null, touched = 0;
  for (const name of ["keydown", "pointerdown", "input"]) addEventListener(name, () => { touched = Date.now(); }, { passive: true });
  const busy = () => Date.now() - touched < 4000 || document.activeElement?.closest("input:not([type=hidden]), textarea, select, dialog")
    || document.querySelector("dialog[open], main details[open], #dang-nhan li") || String(getSelection())
    || [...document.querySelectorAll("main input:not([type=hidden]), main textarea")].some((field) => field.type === "file" ? field.files.length : field.value !== field.defaultValue || field.checked !== field.defaultChecked);
  const changed = () => {
    const auto = document.querySelector("[data-live]");
    if (auto && !busy()) location.reload(); else news.hidden = false;
  };
  const told = (event) => {
    const { done, total, queue } = JSON.parse(event.data || "{}");
    const busyNow = total || queue;
    reading.hidden = !busyNow;
    if (busyNow) reading.textContent = total ? reading.dataset.scan.replace("{done}", done).replace("{total}", total) : reading.dataset.queue.replace("{count}", queue);
  };
  const open = () => {
    if (line || document.hidden) return;
    line = new EventSource("/su-kien");
    line.addEventListener("changed", changed);
    line.addEventListener("progress", told);
  };
  const close = () => { line?.close(); line = null; };
  document.addEventListener("visibilitychange", () => { if (document.hidden) close(); else open(); });
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();
}
