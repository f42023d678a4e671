// From one item to the next by two links, and by the keys of a keyboard or a clicker, unless somebody is typing or choosing.
const KEYS = { ArrowRight: "next", PageDown: "next", ArrowLeft: "back", PageUp: "back" };
const TAKEN = "input, textarea, select, [contenteditable=true], [role=combobox], [role=listbox], [role=option], [role=radio], [role=slider], [role=tab], [role=spinbutton]";

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const nav = parentElement.querySelector("nav") || build(parentElement);
  nav.data = data;
  nav.go = (way) => nav.data[way] && setTriggerValue("link", nav.data[way]);
  nav.setAttribute("aria-label", data.label);
  nav.querySelector(".count").textContent = data.count;
  for (const way of ["back", "next"]) {
    const link = nav.querySelector(`.${way}`);
    link.textContent = data.words[way];
    data[way] ? link.setAttribute("href", data[way]) : link.removeAttribute("href");
    link.setAttribute("aria-disabled", String(!data[way]));
  }
}

function build(parent) {
  const nav = document.createElement("nav");
  nav.innerHTML = '<a class="back" role="link"></a><span class="count"></span><a class="next" role="link"></a>';
  parent.appendChild(nav);
  nav.onclick = (event) => {
    const link = event.target.closest("a");
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    nav.go(link.className);
  };
  const pressed = (event) => {
    if (!nav.isConnected) return window.removeEventListener("keydown", pressed);
    const way = KEYS[event.key];
    if (!way || event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (event.composedPath()[0].matches?.(TAKEN)) return;
    event.preventDefault();
    nav.go(way);
  };
  window.addEventListener("keydown", pressed);
  return nav;
}
