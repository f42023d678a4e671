// A text with line numbers. What is typed is sent after a short pause; lines with problems are marked, and each problem leads to its line.
const PAUSE = 350;

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  const editor = parentElement.querySelector(".editor") || build(parentElement);
  const text = editor.querySelector("textarea");
  const send = () => {
    clearTimeout(editor.timer);
    if (text.value === editor.sent) return;
    editor.sent = text.value;
    editor.count = (editor.count || 0) + 1;
    setStateValue("typed", { text: text.value, count: editor.count, stamp: editor.stamp });
  };
  text.oninput = () => {
    number(editor);
    clearTimeout(editor.timer);
    editor.timer = setTimeout(send, PAUSE);
  };
  text.onblur = send;
  // What somebody is typing is never taken from under their hands: the page's text counts only where the page itself has changed it.
  if (editor.stamp !== data.stamp) {
    clearTimeout(editor.timer);
    editor.stamp = data.stamp;
    editor.sent = text.value = data.text;
  }
  editor.querySelector(".name").textContent = data.name;
  text.setAttribute("aria-label", data.label);
  text.setAttribute("aria-invalid", String(data.problems.length > 0));
  editor.problems = data.problems;
  list(editor, data);
  number(editor);
}

function build(parent) {
  const editor = document.createElement("div");
  editor.className = "editor";
  editor.innerHTML =
    '<p class="name" aria-hidden="true"></p><div class="frame"><div class="lines" aria-hidden="true"></div>' +
    '<textarea spellcheck="false" autocapitalize="off" autocomplete="off" aria-describedby="said"></textarea></div>' +
    '<p class="state" aria-live="polite"></p><ul id="said"></ul>';
  parent.appendChild(editor);
  return editor;
}

// The same lines behind the text, unseen: they give each its number and its mark, and the text its height, however it wraps.
function number(editor) {
  const lines = editor.querySelector("textarea").value.split("\n");
  const kinds = {};
  for (const { line, kind } of editor.problems) kinds[line] = kinds[line] === "red" ? "red" : kind;
  const rows = lines.map((line, index) => {
    const row = document.createElement("div");
    row.className = kinds[index + 1] || "";
    row.dataset.line = index + 1;
    row.appendChild(document.createElement("span")).textContent = line || "\u200b";
    return row;
  });
  editor.querySelector(".lines").replaceChildren(...rows);
}

function list(editor, data) {
  editor.classList.toggle("long", data.whole); // below a whole file nobody would see what is wrong
  editor.querySelector(".state").textContent = data.state;
  editor.querySelector("ul").replaceChildren(
    ...data.problems.map((problem) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = problem.place;
      button.onclick = () => go(editor, problem.line);
      item.className = problem.kind;
      item.append(button, " ", problem.said);
      return item;
    }),
  );
}

// Puts the cursor at the beginning of a line, in view.
function go(editor, line) {
  const text = editor.querySelector("textarea");
  const lines = text.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  text.focus({ preventScroll: true });
  text.setSelectionRange(start, start + (lines[line - 1] || "").length);
  editor.querySelector(".lines").children[line - 1]?.scrollIntoView({ block: "center" });
}
