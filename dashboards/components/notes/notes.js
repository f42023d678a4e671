// The notes of an item. What is typed is sent a second after the last key, and lies in this browser until the server has said that it kept it.
const PAUSE = 1000; // after the last key
const LONGEST = 2000; // of somebody who types without a pause
const LEFT = 250; // after the field was left: of what is pressed in the same moment Streamlit would drop the one or the other
const AGAIN = 4000; // where no answer came

export default function (component) {
  const { data, parentElement } = component;
  const board = parentElement.querySelector(".notes") || build(parentElement);
  board.ask = component.setTriggerValue;
  if (board.item !== data.item) begin(board, data);
  board.data = data;
  if (data.kept && board.waits?.stamp === data.kept.stamp) answered(board, data.kept);
  for (const part of data.parts) follow(board, part);
  draw(board);
  if (dirty(board) && !board.waits && !board.timer) later(board);
}

function build(parent) {
  const board = document.createElement("div");
  board.className = "notes";
  board.innerHTML = '<div class="fields"></div><p class="state" id="state"></p>';
  parent.appendChild(board);
  board.fields = {};
  const leave = () => (board.isConnected ? send(board) : window.removeEventListener("pagehide", leave));
  window.addEventListener("pagehide", leave);
  return board;
}

// Another item: other texts. What lies in this browser of it and was never acknowledged comes back.
function begin(board, data) {
  if (board.item && dirty(board)) {
    board.waits = null; // what is left of the item before goes at once, and stays in this browser until somebody comes back to it
    send(board);
  }
  clearTimeout(board.timer);
  Object.assign(board, { item: data.item, timer: null, waits: null, fault: "", back: false, data });
  board.saved = lastSaved(board);
  board.fields = {};
  board.querySelector(".fields").replaceChildren(...data.parts.map((part) => field(board, part)));
  for (const part of data.parts) {
    const held = recall(board, part.part);
    if (!held) continue;
    if (held.text === part.text) {
      forget(board, part.part, held.text);
      saved(board); // its answer went to a board that is no longer there
    } else {
      Object.assign(board.fields[part.part], { note: held.note, version: held.version, sent: held.sent, known: held.known });
      board.fields[part.part].box.value = held.text;
      board.back = true;
    }
  }
}

function field(board, part) {
  const label = document.createElement("label");
  const name = label.appendChild(document.createElement("span"));
  name.textContent = part.label;
  const box = label.appendChild(document.createElement("textarea"));
  box.rows = 2;
  box.setAttribute("aria-describedby", "state");
  box.value = part.text;
  box.dataset.part = part.part;
  box.maxLength = 20000;
  label.className = part.part;
  box.oninput = () => typed(board, part.part);
  box.onblur = () => {
    clearTimeout(board.timer);
    board.timer = setTimeout(() => send(board), LEFT);
  };
  board.fields[part.part] = { box, known: part.text, note: part.note, version: part.version, sent: [] };
  return label;
}

function typed(board, part) {
  const field = board.fields[part];
  remember(board, part);
  board.first ??= Date.now();
  later(board);
  tall(field.box);
  draw(board);
}

function later(board) {
  clearTimeout(board.timer);
  board.first ??= Date.now();
  const left = Math.max(0, Math.min(PAUSE, board.first + LONGEST - Date.now()));
  board.timer = setTimeout(() => send(board), left);
}

// One letter at a time is on its way: what is typed meanwhile goes with the next one.
function send(board) {
  clearTimeout(board.timer);
  board.timer = null;
  if (!dirty(board) || (board.waits && Date.now() - board.waits.at < AGAIN)) return;
  board.first = null;
  const stamp = `${Date.now()}-${Math.random()}`;
  const notes = {};
  for (const [part, field] of Object.entries(board.fields)) {
    if (field.box.value === field.known) continue;
    notes[part] = { text: field.box.value, note: field.note, version: field.version, sent: field.sent };
    if (!field.sent.includes(field.box.value)) field.sent = [...field.sent, field.box.value];
    remember(board, part);
  }
  board.waits = { stamp, notes, at: Date.now() };
  clearTimeout(board.again);
  board.again = setTimeout(() => board.isConnected && send(board), AGAIN + 50);
  board.ask("typed", { stamp, item: board.item, notes });
}

// The server has said what it kept. Nothing that stands in a field is touched.
function answered(board, kept) {
  const { notes } = board.waits;
  board.waits = null;
  clearTimeout(board.again);
  board.fault = kept.fault || "";
  for (const [part, [note, version]] of Object.entries(kept.notes)) {
    const field = board.fields[part];
    const text = notes[part].text;
    Object.assign(field, { note, version, known: text, sent: [] });
    forget(board, part, text);
    if (field.box.value !== text) remember(board, part);
  }
  if (!board.fault) {
    saved(board);
    if (!dirty(board)) board.back = false;
  } else board.again = setTimeout(() => board.isConnected && send(board), AGAIN);
}

// Where nothing was typed, a field follows what others write; the cursor stays.
function follow(board, part) {
  const field = board.fields[part.part];
  if (field.box.value !== field.known || (field.note === part.note && field.version > part.version)) return;
  if (board.waits?.notes[part.part]) return;
  if (field.box.value !== part.text) {
    const { selectionStart, selectionEnd } = field.box;
    field.box.value = part.text;
    if (field.box.getRootNode().activeElement === field.box) field.box.setSelectionRange(selectionStart, selectionEnd);
  }
  Object.assign(field, { known: part.text, note: part.note, version: part.version });
}

function draw(board) {
  const { words } = board.data;
  const state = board.querySelector(".state");
  let said = board.saved ? words.saved.replace("{time}", clock(board)) : words.idle;
  if (dirty(board)) said = board.back ? words.back : words.unsaved;
  if (board.fault) said = board.fault;
  state.className = `state ${board.fault ? "wrong" : dirty(board) ? "waits" : "kept"}`;
  state.setAttribute("aria-live", board.fault ? "assertive" : "off"); // not at every pause of whoever types
  if (state.textContent !== said) state.textContent = said;
  for (const { box } of Object.values(board.fields)) tall(box);
}

function dirty(board) {
  return Object.values(board.fields).some((field) => field.box.value !== field.known);
}

function tall(box) {
  if (box.scrollHeight <= box.clientHeight) return;
  box.style.height = `${box.scrollHeight + 4}px`;
}

function place(board, part) {
  return `mandato note ${board.data.home} ${board.data.writer} ${board.item} ${part}`;
}

// When, so that a board that Streamlit draws anew, or that somebody comes back to, still says it.
function saved(board) {
  board.saved = new Date();
  try {
    sessionStorage.setItem(place(board, "saved"), board.saved.toISOString());
  } catch {}
}

function clock(board) {
  return board.saved.toLocaleTimeString(board.data.locale, { hour12: false });
}

// "" where nothing was saved today: a time of day says nothing of another one.
function lastSaved(board) {
  try {
    const when = new Date(sessionStorage.getItem(place(board, "saved")) || NaN);
    return when.toDateString() === new Date().toDateString() ? when : "";
  } catch {
    return "";
  }
}

function remember(board, part) {
  const { box, note, version, sent, known } = board.fields[part];
  if (box.value === known) return forget(board, part);
  try {
    localStorage.setItem(place(board, part), JSON.stringify({ text: box.value, note, version, sent, known }));
  } catch {} // a browser that keeps nothing: then only the server does
}

function recall(board, part) {
  try {
    return JSON.parse(localStorage.getItem(place(board, part)));
  } catch {
    return null;
  }
}

// Only what was meant: another window of the same person may have put another text there since.
function forget(board, part, text) {
  try {
    if (text === undefined || recall(board, part)?.text === text) localStorage.removeItem(place(board, part));
  } catch {}
}
