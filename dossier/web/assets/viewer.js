// Zoom, turn and marks of a page picture.
const sheet = document.getElementById("to");
if (sheet) {
  document.documentElement.classList.add("has-script");
  const steps = ["fit", "z125", "z150", "z200", "z300"];
  let zoom = 0, turned = 0;
  const draw = () => { sheet.dataset.zoom = steps[zoom]; sheet.dataset.turn = String(turned); };
  for (const button of document.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => {
    zoom = Math.min(Math.max(zoom + Number(button.dataset.zoom), 0), steps.length - 1); draw();
  });
  document.querySelector("[data-turn]")?.addEventListener("click", () => { turned = (turned + 90) % 360; draw(); });
  const marks = document.querySelector("[data-marks]");
  const toggle = () => { const on = sheet.classList.toggle("bare"); marks?.setAttribute("aria-pressed", String(!on)); };
  marks?.addEventListener("click", toggle);
  if (marks) marks.dataset.key = "f";
  const names = { number: "number_symbol", issuer: "issuing_body" };
  for (const field of document.querySelectorAll("[data-field]")) {
    const name = names[field.dataset.field] || field.dataset.field;
    const rects = [...sheet.querySelectorAll("rect")].filter((rect) => rect.dataset.name === name);
    const light = (on) => () => rects.forEach((rect) => rect.classList.toggle("lit", on));
    field.addEventListener("mouseenter", light(true)); field.addEventListener("mouseleave", light(false));
  }
  const image = sheet.querySelector("img");
  const fail = () => sheet.classList.add("broken");
  image.addEventListener("error", fail);
  if (image.complete && !image.naturalWidth) fail();
  const hit = sheet.querySelector("rect.hit");
  if (hit) hit.scrollIntoView({ block: "center" });
}
