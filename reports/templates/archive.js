"use strict";
// Filter and sort the table of dossiers; the page says everything without this.
(() => {
  const table = document.querySelector(".standing"), tools = document.querySelector(".tools");
  if (!table || !tools) return;
  const body = table.tBodies[0], rows = [...body.rows];
  const [words, open] = tools.querySelectorAll("input"), said = tools.querySelector("[role=status]");
  const plain = text => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
  const texts = new Map(rows.map(row => [row, plain(row.textContent)]));
  const filter = () => {
    const wanted = plain(words.value).split(/\s+/);
    let shown = 0;
    for (const row of rows) {
      const fits = wanted.every(word => texts.get(row).includes(word)) && !(open.checked && row.className === "complete");
      row.hidden = !fits;
      shown += fits;
    }
    said.textContent = shown < rows.length ? `${shown}/${rows.length}` : "";
  };
  words.addEventListener("input", filter);
  open.addEventListener("change", filter);
  [...table.tHead.rows[0].cells].forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") !== "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "ascending" : "descending");
      const key = row => row.cells[at].textContent.trim();
      const order = new Intl.Collator("vi", { numeric: true }).compare;
      body.append(...[...rows].sort((a, b) => (down ? 1 : -1) * order(key(a), key(b))));
    });
  });
  tools.hidden = false;
})();
