// One Tab stop for each matrix: arrows, Home and End go from cell to cell, Ctrl with them to the corners.
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const link = (cell) => cell?.querySelector("a");
for (const table of document.querySelectorAll(".matrix")) {
  const rows = [...table.tBodies[0].rows];
  const links = [...table.tBodies[0].querySelectorAll("a")];
  const stop = (there) => { for (const each of links) each.tabIndex = each === there ? 0 : -1; };
  stop(links[0]);
  table.addEventListener("focusin", (event) => { if (links.includes(event.target)) stop(event.target); });
  table.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.metaKey || event.shiftKey || !links.includes(event.target)) return;
    const cell = event.target.closest("td, th");
    let row = rows.indexOf(cell.parentElement), column = cell.cellIndex, step = STEPS[event.key];
    if (event.key === "Home" || event.key === "End") {
      const last = event.key === "End";
      if (event.ctrlKey) row = last ? rows.length - 1 : 0;
      step = [0, last ? -1 : 1];
      column = last ? rows[row].cells.length : -1;
    } else if (!step || event.ctrlKey) return;
    event.preventDefault();
    do { row += step[0]; column += step[1]; } while (rows[row]?.cells[column] && !link(rows[row].cells[column]));
    const there = link(rows[row]?.cells[column]);
    if (there) { stop(there); there.focus(); }
  });
}
