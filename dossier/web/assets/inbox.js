// Files dropped on the page or chosen are sent one after another, with a line for each that says what became of it.
const form = document.getElementById("nhan");
const list = document.getElementById("dang-nhan");
if (form && list) {
  const chosen = form.querySelector("input[type=file]");
  const waiting = [];
  let sending = false, sent = 0;
  const most = form.dataset.most * 2 ** 20;
  const words = (text, name) => text.replace("{name}", name);
  const line = (text) => { const item = document.createElement("li"); item.textContent = text; list.append(item); return item; };
  const next = async () => {
    if (sending) return;
    const one = waiting.shift();
    if (!one) { if (sent) location.reload(); return; }
    sending = true;
    try {
      const answer = await fetch("/api/v1/inbox/" + encodeURIComponent(one.file.name.slice(0, 200)), {
        method: "PUT", body: one.file, headers: { "x-csrf-token": form.dataset.csrf, "content-type": "application/octet-stream" },
      });
      const told = await answer.json();
      one.item.textContent = told.message || told.error;
      if (answer.ok) sent += 1; else one.item.className = "bad";
    } catch { one.item.textContent = words(form.dataset.lost, one.file.name); one.item.className = "bad"; }
    sending = false;
    if (waiting.length || ![...list.children].some((item) => item.className === "bad")) next();
  };
  const add = (files) => {
    for (const file of files) {
      if (file.size > most) line(words(form.dataset.large, file.name)).className = "bad";
      else waiting.push({ file, item: line(words(form.dataset.sending, file.name)) });
    }
    next();
  };
  form.addEventListener("submit", (event) => { if (chosen.files.length) { event.preventDefault(); delete form.dataset.sent; add([...chosen.files]); form.reset(); } });
  for (const name of ["dragenter", "dragover"]) document.addEventListener(name, (event) => { if ([...event.dataTransfer.types].includes("Files")) { event.preventDefault(); form.classList.add("over"); } });
  for (const name of ["dragleave", "drop"]) document.addEventListener(name, () => form.classList.remove("over"));
  document.addEventListener("drop", (event) => { if (event.dataTransfer.files.length) { event.preventDefault(); add([...event.dataTransfer.files]); } });
  addEventListener("beforeunload", (event) => { if (sending) event.preventDefault(); });
}
