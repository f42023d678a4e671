const root = document.documentElement;
const slides = [...document.querySelectorAll(".slide")];
const wide = matchMedia("(min-width: 701px)");
const said = document.querySelector("nav output");
const asked = () => Math.min(Math.max((parseInt(location.hash.slice(1), 10) || 1) - 1, 0), slides.length - 1);
let now = asked();

function show(number, focus) {
  now = Math.min(Math.max(number, 0), slides.length - 1);
  slides.forEach((slide, each) => slide.classList.toggle("now", each === now));
  said.textContent = said.dataset.said.replace("{n}", now + 1).replace("{m}", slides.length);
  history.replaceState(null, "", "#" + (now + 1));
  if (focus) slides[now].focus({ preventScroll: true });
}

function project() {
  root.classList.toggle("projected", wide.matches);
  show(now, false);
}

const steps = {
  ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, Enter: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Home: -Infinity, End: Infinity,
};

addEventListener("keydown", (event) => {
  const pressing = event.target.closest("button") && (event.key === " " || event.key === "Enter");
  if (!wide.matches || pressing || event.ctrlKey || event.altKey || event.metaKey || !(event.key in steps)) return;
  event.preventDefault();
  show(now + (event.shiftKey && event.key === " " ? -1 : steps[event.key]), true);
});
document.querySelector("nav .back").addEventListener("click", () => show(now - 1, false));
document.querySelector("nav .next").addEventListener("click", () => show(now + 1, false));
addEventListener("hashchange", () => show(asked(), true));
wide.addEventListener("change", project);
project();
