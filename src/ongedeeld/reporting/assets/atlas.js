"use strict";
// The start page works without this script; with it one chooses a figure, searches, sorts, and walks the map by arrow keys.
(() => {
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("data").textContent);
  const place = new Map(data.codes.map((code, index) => [code, index]));
  const body = byId("areas").tBodies[0];
  const rows = Array.from(body.rows);
  const links = Array.from(document.querySelectorAll(".map a"));
  const names = new Map(rows.map((row) => [row.dataset.code, row.cells[0].textContent]));
  const choose = byId("figure");
  const find = byId("find");
  let pointed = null;

  const figure = () => data.figures[choose.value];
  const text = (code) => figure()?.texts[place.get(code)] ?? data.unknown;
  const setClass = (shape, code) => shape.setAttribute("class", figure().styles[place.get(code)]);

  function element(name, words, attributes = {}) {
    const made = document.createElement(name);
    made.textContent = words;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  function swatch(style) {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    const box = document.createElementNS(space, "rect");
    svg.setAttribute("viewBox", "0 0 24 12");
    svg.setAttribute("aria-hidden", "true");
    box.setAttribute("width", "24");
    box.setAttribute("height", "12");
    box.setAttribute("class", style);
    svg.append(box);
    return svg;
  }

  function show() {
    const shown = figure();
    if (!shown) return;
    const title = `${shown.label}, ${shown.period}`;
    for (const id of ["shown", "caption"]) if (byId(id)) byId(id).textContent = title;
    for (const link of links) {
      setClass(link.firstElementChild, link.dataset.code);
      link.setAttribute("aria-label", `${names.get(link.dataset.code)}: ${text(link.dataset.code)}`);
    }
    for (const row of rows) {
      const style = shown.styles[place.get(row.dataset.code)];
      row.cells[2].textContent = text(row.dataset.code);
      row.cells[2].classList.toggle("none", style === "unknown");
      setClass(row.querySelector("rect"), row.dataset.code);
      row.cells[3].lastElementChild.textContent = shown.classes[Number(style.slice(1))] ?? data.unknown;
    }
    byId("legend").replaceChildren(
      ...shown.legend.map(([style, words]) => {
        const item = document.createElement("li");
        item.append(swatch(style), words);
        return item;
      }),
    );
    if (pointed) point(pointed);
    const sorted = document.querySelector("#areas th[data-sort=value][aria-sort]");
    if (sorted) sort("value", sorted.getAttribute("aria-sort"));
  }

  function point(code) {
    pointed = code;
    const shape = links.find((link) => link.dataset.code === code)?.firstElementChild;
    byId("outline")?.setAttribute("d", shape?.getAttribute("d") ?? "");
    const shown = figure();
    byId("pointed").replaceChildren(
      element("p", names.get(code), { class: "name" }),
      element("p", shown ? `${text(code)}` : "", { class: "value" }),
      element("p", shown ? `${shown.label}, ${shown.period}` : "", { class: "sub" }),
      element("a", byId("pointed").dataset.link, { href: `${code}.html` }),
    );
  }

  function sort(key, direction) {
    const sign = direction === "ascending" ? 1 : -1;
    const values = figure()?.values;
    const words = (row) => row.cells[key === "district" ? 1 : 0].textContent;
    const compareWords = (a, b) => words(a).localeCompare(words(b), document.documentElement.lang) * sign;
    const compareValues = (a, b) => {
      const [one, other] = [a, b].map((row) => values[place.get(row.dataset.code)]);
      // What is not known comes last, whichever way the rest runs.
      if (one === null || other === null) return (one === null) - (other === null);
      return (one - other) * sign;
    };
    rows.sort(key === "value" && values ? compareValues : compareWords);
    body.append(...rows);
    for (const head of document.querySelectorAll("#areas th[data-sort]")) {
      if (head.dataset.sort === key) head.setAttribute("aria-sort", direction);
      else head.removeAttribute("aria-sort");
    }
  }

  function filter() {
    const words = find.value.trim().toLocaleLowerCase();
    let shown = 0;
    for (const row of rows) {
      const inside = `${row.cells[0].textContent} ${row.cells[1].textContent}`.toLocaleLowerCase().includes(words);
      row.hidden = !inside;
      shown += inside;
    }
    const outside = new Set(rows.filter((row) => row.hidden).map((row) => row.dataset.code));
    for (const link of links) link.classList.toggle("is-dim", outside.has(link.dataset.code));
    const status = byId("found");
    status.textContent = words ? status.dataset.text.replace("{shown}", shown).replace("{all}", rows.length) : "";
  }

  const middles = new Map();
  function middle(link) {
    if (!middles.has(link)) {
      const box = link.getBBox();
      middles.set(link, [box.x + box.width / 2, box.y + box.height / 2]);
    }
    return middles.get(link);
  }

  // The nearest neighbourhood in the direction of the arrow; sideways distance counts double.
  function towards(from, dx, dy) {
    const [x, y] = middle(from);
    let best = null;
    for (const link of links) {
      const [ahead, aside] = ((a, b) => [a * dx + b * dy, Math.abs(a * dy) + Math.abs(b * dx)])(
        middle(link)[0] - x, middle(link)[1] - y);
      const cost = ahead + 2 * aside;
      if (link !== from && ahead > 0 && (!best || cost < best[0])) best = [cost, link];
    }
    return best?.[1];
  }

  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  function walk(event) {
    const step = arrows[event.key];
    const next = step && towards(event.currentTarget, ...step);
    if (!step) return;
    event.preventDefault();
    if (!next) return;
    event.currentTarget.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  }

  for (const link of links) {
    link.addEventListener("mouseenter", () => point(link.dataset.code));
    link.addEventListener("focus", () => point(link.dataset.code));
    link.addEventListener("keydown", walk);
    // A first tap tells what is there, a second one goes to it.
    link.addEventListener("pointerdown", (event) => {
      link.dataset.hold = event.pointerType === "touch" && pointed !== link.dataset.code ? "yes" : "";
    });
    link.addEventListener("click", (event) => {
      if (link.dataset.hold === "yes") {
        event.preventDefault();
        link.dataset.hold = "";
        point(link.dataset.code);
      }
    });
  }
  links[0]?.setAttribute("tabindex", "0");

  for (const head of document.querySelectorAll("#areas th[data-sort]")) {
    const button = element("button", head.textContent, { type: "button" });
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const first = head.dataset.sort === "value" ? "descending" : "ascending";
      const other = first === "ascending" ? "descending" : "ascending";
      sort(head.dataset.sort, head.getAttribute("aria-sort") === first ? other : first);
    });
  }

  const wanted = decodeURIComponent(location.hash.slice(1));
  if (Object.hasOwn(data.figures, wanted)) choose.value = wanted;
  choose.addEventListener("change", () => {
    history.replaceState(null, "", `#${choose.value}`);
    show();
  });
  find.addEventListener("input", filter);
  for (const field of document.querySelectorAll(".field")) field.hidden = false;
  if (!choose.options.length) choose.parentElement.hidden = true;
  show();
  filter();
})();
