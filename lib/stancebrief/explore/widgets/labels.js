// For each target a group of radio buttons. Choosing is told to Python, which says what is chosen.

function make(tag, classes, text) {
  const node = document.createElement(tag);
  if (classes) node.className = classes;
  if (text !== undefined) node.textContent = text;
  return node;
}

let number = 0; // groups of radio buttons need names of their own in the page

function render({ model, el }) {
  const root = make("div", "sb-labels");
  root.dataset.lmSuppressShortcuts = "true"; // JupyterLab's own keys stay out
  el.append(root);

  function build() {
    const own = `sb-labels-${(number += 1)}`;
    root.replaceChildren(...model.get("targets").map(([name, label, key, definition, support], k) => {
      const group = make("div", "");
      group.setAttribute("role", "radiogroup");
      group.dataset.target = name;
      const words = make("span", "sb-target");
      words.id = `${own}-${k}`;
      words.title = definition;
      if (key) words.append(make("kbd", "", key), " ");
      words.append(label);
      group.setAttribute("aria-labelledby", words.id);
      const choices = make("span", "sb-choices");
      choices.append(...model.get("options").map(([stance, said]) => {
        const option = make("label", "");
        const input = make("input", "");
        input.type = "radio";
        input.name = words.id;
        input.value = stance;
        input.addEventListener("change", () => model.send({ set: [name, stance] }));
        if (stance === "support" && support) option.title = support;
        option.append(input, said);
        return option;
      }));
      group.append(words, choices);
      return group;
    }));
    draw();
  }

  function draw() {
    const [chosen, active] = [model.get("chosen"), model.get("active")];
    root.querySelectorAll("[role='radiogroup']").forEach((group) => {
      group.classList.toggle("sb-active", group.dataset.target === active);
      group.querySelectorAll("input").forEach((input) => {
        input.checked = input.value === (chosen[group.dataset.target] ?? "");
      });
    });
  }

  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = model.get("bindings")[event.key];
    if (!action || event.key.startsWith("Arrow")) return; // arrows walk through a group
    event.preventDefault();
    event.stopPropagation();
    model.send({ action });
  });

  const names = [["change:chosen", draw], ["change:active", draw], ["change:targets", build], ["change:options", build]];
  names.forEach(([name, call]) => model.on(name, call));
  build();
  return () => names.forEach(([name, call]) => model.off(name, call));
}

export default { render };
