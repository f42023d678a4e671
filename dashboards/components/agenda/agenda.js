// Draws the agenda it is given. A button, or Alt with an arrow key, asks the page for one thing about one item; while the page
// answers, further steps of the same item are counted and asked for together. The focus stays on the item, wherever it goes.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let panel = parentElement.querySelector(".panel");
  if (!panel) {
    panel = document.createElement("div");
    panel.className = "panel";
    panel.innerHTML = '<div class="drawn"></div><p class="unseen" role="status" aria-live="polite"></p>';
    parentElement.appendChild(panel);
  }
  const drawn = panel.querySelector(".drawn");
  const said = panel.querySelector("[role=status]");
  if (panel.html !== data.html) {
    const focused = panel.getRootNode().activeElement;
    const item = focused?.closest?.("[data-item]")?.dataset.item;
    const act = focused?.dataset?.act;
    const unfolded = [...drawn.querySelectorAll("details[open]")].map((part) => part.dataset.part);
    drawn.innerHTML = data.html;
    for (const part of unfolded) drawn.querySelector(`details[data-part="${part}"]`)?.setAttribute("open", "");
    panel.html = data.html;
    panel.asked = null;
    const there = item && drawn.querySelector(`[data-item="${CSS.escape(item)}"]`);
    (there && ((act && there.querySelector(`[data-act="${act}"]`)) || there))?.focus({ preventScroll: false });
    if (panel.more) ask(panel.more.item, "move", panel.more.steps);
    panel.more = null;
  }
  if (said.textContent !== data.said) said.textContent = data.said;

  function ask(item, act, steps) {
    const row = drawn.querySelector(`[data-item="${CSS.escape(String(item))}"]`);
    if (!row || !steps) return;
    if (act === "move" && row.querySelector(`[data-act="${steps < 0 ? "up" : "down"}"]`)?.getAttribute("aria-disabled")) return;
    if (panel.asked) {
      if (act === "move" && panel.asked === item) panel.more = { item, steps: (panel.more?.steps || 0) + steps };
      return;
    }
    panel.asked = item;
    clearTimeout(panel.timer);
    panel.timer = setTimeout(() => (panel.asked = panel.more = null), 4000); // nothing moved, or the page did not answer
    setTriggerValue("order", { item: Number(item), version: Number(row.dataset.version), act, steps });
  }

  panel.onclick = (event) => {
    const button = event.target.closest("button[data-act]");
    if (button) {
      const step = { up: -1, down: 1 }[button.dataset.act];
      ask(button.closest("[data-item]").dataset.item, step ? "move" : button.dataset.act, step || 1);
      return;
    }
    const link = event.target.closest("a[href]");
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    setTriggerValue("link", link.getAttribute("href"));
  };
  panel.onkeydown = (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const row = event.target.closest("[data-item]");
    if (!step || !event.altKey || !row || !row.querySelector('[data-act="up"]')) return;
    event.preventDefault();
    ask(row.dataset.item, "move", step);
  };
}
