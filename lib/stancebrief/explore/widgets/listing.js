// One page of a table: sorting, paging and choosing are asked of Python. Cells arrive and are put in as text.

function make(tag, classes, text) {
  const node = document.createElement(tag);
  if (classes) node.className = classes;
  if (text !== undefined) node.textContent = text;
  return node;
}

function render({ model, el }) {
  const root = make("section", "sb-list");
  root.dataset.lmSuppressShortcuts = "true"; // JupyterLab's own keys stay out
  const bar = make("div", "sb-list-bar");
  const said = make("span", "sb-list-said");
  const wrap = make("div", "sb-list-wrap");
  const table = make("table", "");
  table.setAttribute("role", "grid");
  const head = make("thead", "");
  const body = make("tbody", "");
  table.append(head, body);
  wrap.append(table);

  const last = () => model.get("total") - 1;
  const pick = (place) => { if (last() >= 0) model.send({ pick: Math.max(0, Math.min(last(), place)) }); };
  const turns = [["«", "first page", () => 0], ["‹", "page before", () => model.get("first") - model.get("page")],
    ["›", "next page", () => model.get("first") + model.get("page")], ["»", "last page", last]];
  const buttons = turns.map(([sign, name, where]) => {
    const button = make("button", "", sign);
    button.type = "button";
    button.title = name;
    button.setAttribute("aria-label", name);
    button.addEventListener("click", () => pick(where()));
    return button;
  });
  bar.append(...buttons, said);
  root.append(bar, wrap);
  el.append(root);

  function heads() {
    const [sorted, sorts] = [model.get("sorted"), model.get("sorts")];
    const line = make("tr", "");
    for (const [name, label, kind] of model.get("columns")) {
      const cell = make("th", `sb-${kind}`);
      cell.scope = "col";
      if (sorts.includes(name)) {
        const way = sorted === name ? "ascending" : sorted === `-${name}` ? "descending" : "none";
        cell.setAttribute("aria-sort", way);
        const button = make("button", "", label + { ascending: " ▲", descending: " ▼", none: "" }[way]);
        button.type = "button";
        button.setAttribute("aria-label", `sort by ${label}`);
        button.dataset.name = name;
        button.addEventListener("click", () => model.send({ sort: name }));
        cell.append(button);
      } else {
        cell.textContent = label;
      }
      line.append(cell);
    }
    const held = head.contains(document.activeElement) ? document.activeElement.dataset.name : "";
    head.replaceChildren(line);
    if (held) head.querySelector(`[data-name="${held}"]`)?.focus();
  }

  function draw() {
    waiting = false;
    const [rows, first, total, at, columns] = ["rows", "first", "total", "at", "columns"].map((name) => model.get(name));
    const held = body.contains(document.activeElement);
    table.setAttribute("aria-label", model.get("label"));
    table.setAttribute("aria-rowcount", String(total + 1));
    const count = (n) => n.toLocaleString("en");
    said.textContent = total ? `${count(first + 1)}–${count(first + rows.length)} of ${count(total)}` : "none";
    buttons.slice(0, 2).forEach((button) => { button.disabled = first <= 0; });
    buttons.slice(2).forEach((button) => { button.disabled = first + rows.length >= total; });
    heads();
    body.replaceChildren(...rows.map((cells, k) => {
      const line = make("tr", "");
      line.setAttribute("aria-rowindex", String(first + k + 2));
      line.setAttribute("aria-selected", String(first + k === at));
      line.tabIndex = first + k === at ? 0 : -1;
      line.append(...cells.map((cell, column) => make("td", `sb-${columns[column]?.[2] ?? "text"}`, cell)));
      line.addEventListener("click", () => pick(first + k));
      return line;
    }));
    if (held) body.querySelector("[aria-selected='true']")?.focus({ preventScroll: true });
  }

  // Several values change in one message: they are drawn together.
  let waiting = false;
  const soon = () => {
    if (!waiting) queueMicrotask(draw);
    waiting = true;
  };

  body.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [at, page] = [model.get("at"), model.get("page")];
    const where = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: last() }[event.key];
    if (where === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    pick(where);
  });

  const names = ["rows", "first", "total", "at", "sorted", "columns", "label"].map((name) => `change:${name}`);
  names.forEach((name) => model.on(name, soon));
  draw();
  return () => names.forEach((name) => model.off(name, soon));
}

export default { render };
