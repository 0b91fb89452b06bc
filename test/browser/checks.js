// What a checker such as axe looks for, as far as this page needs it; each function returns the faults it finds.

function isVisible(node) {
  return node.checkVisibility({ visibilityProperty: true });
}

function described(node) {
  return node.outerHTML.replace(/\s+/g, " ").slice(0, 160);
}

/** Controls one cannot tell by name. */
function nameless() {
  const nodes = [...document.querySelectorAll("button, a, summary, svg[role=img], section, nav, [role=group], article")];
  const unnamed = nodes.filter((node) => {
    const labels = (node.getAttribute("aria-labelledby") || "").split(" ").map((id) => document.getElementById(id));
    return !(node.getAttribute("aria-label") || labels.map((each) => each?.textContent || "").join("") ||
      (["BUTTON", "A", "SUMMARY"].includes(node.tagName) && node.textContent)).trim();
  });
  const fields = [...document.querySelectorAll("input, select, textarea")].filter((node) => node.labels.length === 0);
  return [...unnamed, ...fields].map(described);
}

/** Structure that assistive technology relies on. */
function disordered() {
  const faults = [];
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  ids.filter((id, index) => ids.indexOf(id) !== index).forEach((id) => faults.push(`two elements ${id}`));
  const levels = [...document.querySelectorAll("h1, h2, h3, h4")].filter(isVisible).map((node) => Number(node.tagName[1]));
  levels.forEach((level, index) => level > (levels[index - 1] || 0) + 1 && faults.push(`heading ${index} skips a level`));
  for (const one of ["h1", "main", "header", "head > title", "html[lang]"]) {
    if (document.querySelectorAll(one).length !== 1) faults.push(`not one ${one}`);
  }
  for (const node of document.querySelectorAll("[aria-labelledby], [aria-controls], [for], a[href^='#']")) {
    const target = node.getAttribute("aria-labelledby") || node.getAttribute("for") || node.getAttribute("href").slice(1);
    if (!document.getElementById(target)) faults.push(`nothing is called ${target}`);
  }
  return faults;
}

/** What sticks out of the window, which makes it scroll sideways. */
function overflowing() {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll("*")].filter((node) => node.getBoundingClientRect().right > width).map(described);
}

function channels(color) {
  return color.match(/[\d.]+/g).map(Number);
}

function luminance(color) {
  const [red, green, blue] = channels(color).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function background(node) {
  for (let each = node; each; each = each.parentElement) {
    const color = getComputedStyle(each).backgroundColor;
    if (channels(color).length === 3) return color;
  }
  return "rgb(255, 255, 255)";
}

/** Text whose contrast is below 4.5 to 1 (WCAG 2.2, 1.4.3), and borders of controls below 3 to 1 (1.4.11). */
function faint() {
  const faults = [];
  for (const node of document.body.querySelectorAll("*")) {
    const hasText = [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim());
    const style = getComputedStyle(node);
    if (isVisible(node) && hasText && node.localName !== "noscript") {
      const ratio = contrast(style.color, background(node));
      if (ratio < 4.5) faults.push(`${ratio.toFixed(2)}: ${described(node)}`);
    }
    if (isVisible(node) && ["button", "input", "select"].includes(node.localName)) {
      const ratio = contrast(style.borderTopColor, background(node.parentElement));
      if (ratio < 3) faults.push(`${ratio.toFixed(2)} (border): ${described(node)}`);
    }
  }
  return faults;
}

/** Segments of bars, and their swatches, that stand out from their card by less than 3 to 1 (WCAG 2.2, 1.4.11). */
function pale() {
  const rects = [...document.querySelectorAll("svg rect")].filter(isVisible);
  return rects.filter((rect) => contrast(getComputedStyle(rect).fill, background(rect)) < 3).map(described);
}

/** Everything the tab key should reach, in the order of the page. */
function reachable() {
  const nodes = [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")].filter(isVisible);
  return nodes.map(described);
}

/** The element that has the focus, and nothing when none has. */
function focused() {
  const node = document.activeElement;
  return node === document.body ? [] : [described(node)];
}

/** The focused element, when one cannot see that it is. */
function unmarked() {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 ? [] : focused();
}
