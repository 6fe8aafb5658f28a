// The article around one statement, with its parts marked, read and steered by keyboard.
// Everything from an article arrives as text and is put in as text: nothing is ever parsed as HTML.

const NAMES = { content: "statement", cue: "cue", speaker: "speaker", word: "deciding words", differs: "differs" };

const SIGNS = { ArrowLeft: "←", ArrowRight: "→", Backspace: "⌫", Enter: "⏎" };

function make(tag, classes, text) {
  const node = document.createElement(tag);
  if (classes) node.className = classes;
  if (text !== undefined) node.textContent = text;
  return node;
}

// How many characters (not UTF-16 units) of the shown text lie before this end of a range.
function before(box, node, offset) {
  const range = document.createRange();
  range.selectNodeContents(box);
  range.setEnd(node, offset);
  return Array.from(range.toString()).length;
}

function render({ model, el }) {
  const root = make("section", "sb-reader");
  root.tabIndex = 0;
  root.setAttribute("role", "group");
  root.dataset.lmSuppressShortcuts = "true"; // JupyterLab's own keys (x cuts a cell) stay out
  const head = make("div", "sb-head");
  const title = make("strong", "sb-title");
  const count = make("span", "sb-count");
  const buttons = make("span", "sb-buttons");
  const text = make("div", "sb-text");
  text.tabIndex = 0;
  const facts = make("ul", "sb-facts");
  const variants = make("div", "sb-variants");
  const status = make("p", "sb-status");
  status.setAttribute("role", "status");
  const help = make("p", "sb-help");
  head.append(title, count, buttons);
  root.append(head, text, facts, variants, status, help);
  el.append(root);

  const act = (action) => model.send({ action });

  function fill(box, pieces) {
    box.replaceChildren(...pieces.map(([words, roles]) => {
      if (!roles.length) return document.createTextNode(words);
      const mark = make("mark", roles.map((role) => `sb-${role}`).join(" "), words);
      mark.title = roles.map((role) => NAMES[role] ?? role).join(", ");
      return mark;
    }));
  }

  function draw() {
    const view = model.get("view");
    root.setAttribute("aria-label", view.label ?? "Statement in its article");
    title.textContent = view.title ?? "";
    count.textContent = view.count ?? "";
    text.setAttribute("aria-label", "Article text");
    fill(text, view.pieces ?? []);
    facts.replaceChildren(...(view.facts ?? []).map((fact) => make("li", "", fact)));
    variants.replaceChildren(...(view.variants ?? []).map(([name, pieces]) => {
      const box = make("blockquote", "");
      const line = make("p", "");
      fill(line, pieces);
      box.append(make("cite", "", name), line);
      return box;
    }));
    status.textContent = view.status ?? "";
    const first = text.querySelector(".sb-content");
    if (first) text.scrollTop = Math.max(0, first.offsetTop - text.offsetTop - 40);
  }

  // What has a button shows its first key there; the line below names the rest.
  function keys() {
    const all = Object.entries(model.get("bindings"));
    const shown = all.filter(([, [, , button]]) => button);
    const rest = all.filter(([, [, label, button]]) => label && !button);
    help.replaceChildren(...rest.flatMap(([key, [, label]], k) => [k ? " · " : "Keys: ", make("kbd", "", SIGNS[key] ?? key), ` ${label}`]));
    buttons.replaceChildren(...shown.map(([key, [action, label]]) => {
      const button = make("button", "", `${label} `);
      const sign = make("kbd", "", SIGNS[key] ?? key);
      sign.setAttribute("aria-hidden", "true");
      button.append(sign);
      button.type = "button";
      button.setAttribute("aria-keyshortcuts", key);
      button.addEventListener("click", () => act(action));
      return button;
    }));
  }

  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const found = model.get("bindings")[event.key];
    if (!found || (event.target.tagName === "BUTTON" && event.key === "Enter")) return;
    event.preventDefault();
    event.stopPropagation();
    act(found[0]);
  });

  const select = () => {
    const chosen = document.getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed || !text.contains(chosen.anchorNode) || !text.contains(chosen.focusNode)) return;
    const range = chosen.getRangeAt(0);
    model.set("selected", [before(text, range.startContainer, range.startOffset), before(text, range.endContainer, range.endOffset)]);
    model.save_changes();
  };
  text.addEventListener("mouseup", select);
  text.addEventListener("keyup", select);

  const focus = (message) => {
    if (!message.focus) return;
    root.scrollIntoView({ block: "nearest" });
    root.focus();
  };
  const tasks = { "change:view": draw, "change:bindings": keys, "msg:custom": focus };
  Object.entries(tasks).forEach(([event, task]) => model.on(event, task));
  draw();
  keys();
  return () => Object.entries(tasks).forEach(([event, task]) => model.off(event, task));
}

export default { render };
