// Draws the HTML it is given. A plain click on a link is reported to the page, so that the session is kept;
// with a key held, or the middle button, it stays an ordinary link.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let panel = parentElement.querySelector(".panel");
  if (!panel) {
    panel = document.createElement("div");
    panel.className = "panel";
    parentElement.appendChild(panel);
  }
  if (panel.drawn !== data) {
    panel.innerHTML = data;
    panel.drawn = data;
  }
  panel.onclick = (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    setTriggerValue("link", link.getAttribute("href"));
  };
}
