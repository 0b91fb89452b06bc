// Keeps the inspector up to date, and sends what its buttons ask for. The page can be read without it.
"use strict";

const PERIOD_MS = 1000;
const MOST_NEWS = 3;
const SHOWN_MS = 6000; // a message that all went well; one of a failure stays
const content = document.getElementById("content");
const news = document.getElementById("news");
const toast = document.getElementById("toast");
const result = document.getElementById("result");
const connection = document.getElementById("connection");
const pause = document.getElementById("pause");
let timer = 0;
let asked = 0; // number of the latest request for the page
let shown = 0; // number of the request whose answer is on the page

// --- changing the page in place: nodes stay, and with them focus, scroll position, open details and typed text -------

function morph(old, fresh) {
  if (old.hasAttribute("data-static")) return;
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !isOwnedByReader(old, name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value && !isOwnedByReader(old, name)) old.setAttribute(name, value);
  }
  morphChildren(old, fresh);
}

function isOwnedByReader(node, name) {
  return name === "open" && node.localName === "details";
}

function morphChildren(old, fresh) {
  const kept = new Set([...fresh.children].map((child) => child.id).filter(Boolean));
  for (const child of [...old.children]) {
    if (child.id && !kept.has(child.id)) child.remove();
  }
  let at = old.firstChild;
  for (const next of [...fresh.childNodes]) {
    const known = counterpart(old, at, next);
    if (!known) {
      old.insertBefore(next, at);
      continue;
    }
    if (known !== at) old.insertBefore(known, at);
    if (known.nodeType === Node.ELEMENT_NODE) morph(known, next);
    else if (known.data !== next.data) known.data = next.data;
    at = known.nextSibling;
  }
  while (at) {
    const after = at.nextSibling;
    at.remove();
    at = after;
  }
}

function counterpart(old, at, next) {
  if (next.id) return [...old.children].find((child) => child.id === next.id);
  if (!at || at.id || at.nodeType !== next.nodeType || at.nodeName !== next.nodeName) return undefined;
  return at;
}

function focusables() {
  const parents = [];
  for (let node = document.activeElement; node && node !== document.body; node = node.parentElement) {
    if (node.tabIndex >= 0 || node.hasAttribute("tabindex")) parents.push(node);
  }
  return parents;
}

// --- what is read stays in its place ----------------------------------------------------------------------------------

/** What has the focus, or else the first line in view; nothing at the top of the page, where what is new is wanted. */
function place() {
  const lines = [document.activeElement, ...content.querySelectorAll(".exchange, .run, section")];
  const inView = (node) => {
    const { top } = node.getBoundingClientRect();
    return content.contains(node) && !node.closest(".side") && top >= 0 && top < innerHeight;
  };
  const node = scrollY > 0 ? lines.find(inView) : undefined;
  return { node, top: node?.getBoundingClientRect().top };
}

function keep({ node, top }) {
  if (node?.isConnected) scrollBy({ top: node.getBoundingClientRect().top - top, behavior: "instant" });
}

// --- what changed, in words -----------------------------------------------------------------------------------------

function tellings(root) {
  return [...root.querySelectorAll("[data-news]")].map((node) => node.dataset.news);
}

function tell(told) {
  const lines = [...new Set(told)];
  if (lines.length === 0) return;
  const first = lines.slice(0, MOST_NEWS).join(". ");
  const rest = lines.length - MOST_NEWS;
  news.textContent = rest > 0 ? `${first}. And ${rest} more.` : `${first}.`;
}

let hiding = 0;

function show(message, isFailure) {
  clearTimeout(hiding);
  result.textContent = message;
  toast.classList.toggle("bad", isFailure);
  if (message && !isFailure) hiding = setTimeout(show, SHOWN_MS, "", false);
}

// --- asking for the page again and again ----------------------------------------------------------------------------

async function refresh() {
  const number = ++asked;
  let text;
  try {
    const answer = await fetch(location.href, { cache: "no-store", headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    text = await answer.text();
  } catch {
    connection.textContent = "The sandbox does not answer. What you see is its last known state.";
    return;
  }
  if (connection.textContent) connection.textContent = "";
  if (number < shown) return; // a later answer is on the page already
  shown = number;
  const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("content");
  const before = new Set(tellings(content));
  const parents = focusables();
  const read = place();
  morph(content, fresh);
  keep(read);
  tell(tellings(content).filter((line) => !before.has(line)));
  if (parents.length && !parents[0].isConnected) {
    parents.find((node) => node.isConnected)?.focus({ preventScroll: true });
  }
}

async function tick() {
  clearTimeout(timer);
  if (document.hidden || isPaused()) return;
  await refresh();
  clearTimeout(timer);
  timer = setTimeout(tick, PERIOD_MS);
}

function isPaused() {
  return pause.getAttribute("aria-pressed") === "true";
}

// --- buttons --------------------------------------------------------------------------------------------------------

function payload(form) {
  const sent = JSON.parse(form.dataset.json || "{}");
  for (const field of form.elements) {
    if (!field.name || field.value === "" || field.disabled) continue;
    sent[field.name] = typed(field);
  }
  return sent;
}

function typed(field) {
  const type = field.dataset.type || field.type;
  if (type === "number") return Number(field.value);
  return type === "boolean" ? field.value === "true" : field.value;
}

async function submit(form) {
  complain(form, "");
  try {
    const answer = await fetch(form.action, {
      method: form.dataset.method || "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(payload(form)),
    });
    if (!answer.ok) throw new Error(await reason(answer));
    show(form.dataset.done, false);
  } catch (error) {
    if (!complain(form, error.message)) show(`That did not work: ${error.message}`, true);
  }
  await refresh();
}

/** Puts a complaint at the field it begins with, and takes back the others; tells whether there is such a field. */
function complain(form, message) {
  let place;
  for (const node of form.querySelectorAll(".wrong")) {
    const field = form.elements[node.dataset.field];
    const isMeant = message.startsWith(`${field.name} `);
    node.textContent = isMeant ? message : "";
    if (isMeant) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    if (isMeant) place = field;
  }
  place?.focus();
  return Boolean(place);
}

/** Fields that only some kinds of faults have are there for these only. */
function fit(kind) {
  for (const place of kind.form.querySelectorAll("[data-kinds]")) {
    place.hidden = !place.dataset.kinds.split(" ").includes(kind.value);
    for (const field of place.querySelectorAll("input, select")) field.disabled = place.hidden;
  }
}

async function copy(button) {
  try {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    show("Copied", false);
  } catch {
    show("The browser does not let this page copy: select the text instead", true);
  }
}

async function reason(answer) {
  const body = await answer.json().catch(() => ({}));
  return body.message || body.reasons?.[0]?.message || `HTTP ${answer.status}`;
}

document.addEventListener("submit", (event) => {
  event.preventDefault();
  submit(event.target);
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
});
document.addEventListener("visibilitychange", tick);
document.getElementById("dismiss").addEventListener("click", () => show("", false));
const kind = document.getElementById("fault-kind");
kind.addEventListener("change", () => fit(kind));
fit(kind);
pause.addEventListener("click", () => {
  pause.setAttribute("aria-pressed", String(!isPaused()));
  tick();
});
tick();
