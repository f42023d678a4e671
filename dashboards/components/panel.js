// Draws the HTML it is given, as bytes: Streamlit would write a text as JSON twice over, on every run. A plain click on a link is
// reported to the page, so that the session is kept; with a key held, or the middle button, it stays an ordinary link; so does one
// that leaves the panel.
export default function (component) {
  const { parentElement, setTriggerValue } = component;
  const html = new TextDecoder().decode(component.data);
  let panel = parentElement.querySelector(".panel");
  if (!panel) {
    panel = document.createElement("div");
    panel.className = "panel";
    parentElement.appendChild(panel);
  }
  if (panel.drawn !== html) {
    const focused = panel.getRootNode().activeElement?.id; // a reader at the keyboard goes on from where they were
    panel.innerHTML = html;
    panel.drawn = html;
    if (focused) panel.querySelector(`#${CSS.escape(focused)}`)?.focus({ preventScroll: true });
  }
  panel.onclick = (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.target === "_blank" || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    setTriggerValue("link", link.getAttribute("href"));
  };
  panel.onkeydown = (event) => {
    const button = event.target.closest('a[role="button"]'); // a link answers Enter alone; what is called a button also answers Space
    if (!button || event.key !== " ") return;
    event.preventDefault();
    button.click();
  };
}
