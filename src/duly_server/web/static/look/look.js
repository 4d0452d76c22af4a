/* Four small comforts. Every page does its work without them. */
"use strict";

/* Leaving: no way back with the back button. */
for (const link of document.querySelectorAll("a[data-leave]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(link.href);
  });
}

/* Printing is the browser's own business; where script runs, a button may ask for it. */
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

/* A code that came behind the # of the address, where no server sees it, goes into its field and leaves the address. */
for (const field of document.querySelectorAll("input[data-from-address]")) {
  if (location.hash.length > 20 && !field.value) {
    field.value = location.hash.slice(1);
    history.replaceState(null, "", location.pathname);
  }
}

/* How many characters are left. The form refuses a longer text in words; nothing is cut off. */
for (const area of document.querySelectorAll("textarea[data-most]")) {
  const count = document.createElement("p");
  count.className = "hint";
  count.setAttribute("aria-live", "polite");
  area.after(count);
  const say = () => {
    const left = Number(area.dataset.most) - Array.from(area.value.replace(/\n/g, "\r\n")).length;
    const amount = Math.abs(left).toLocaleString(document.documentElement.lang);
    count.textContent = left >= 0 ? `${amount} characters left` : `${amount} characters too many`;
    count.classList.toggle("late", left < 0);
  };
  area.addEventListener("input", say);
  say();
}
