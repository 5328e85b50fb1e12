/** Let open menus close by Escape, by a click beside them, and when the keyboard leaves them. */
export function closeMenus(page: Document): void {
  const open = () => [...page.querySelectorAll<HTMLDetailsElement>("details.menu[open]")];
  page.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target as Node)) menu.open = false;
  });
  page.addEventListener("focusin", (event) => {
    for (const menu of open()) if (!menu.contains(event.target as Node)) menu.open = false;
  });
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
}

/** Bring who sent a form to what was wrong in it: the list of errors takes the focus. */
export function showErrors(page: Document): void {
  page.querySelector<HTMLElement>(".message.error[role=alert]")?.focus();
}

const TAP_AGAIN_MS = 5000;

/** Send a form that changes something once, however often somebody taps while the answer is under way. */
export function sendOnce(page: Document): void {
  const sent = new WeakMap<HTMLFormElement, number>();
  page.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    // What htmx sends was stopped before it came here, and htmx itself keeps it from going twice.
    if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
    // For a while only: where a connection failed, who stayed on the page sends again.
    if (event.timeStamp - (sent.get(form) ?? -Infinity) < TAP_AGAIN_MS) event.preventDefault();
    else sent.set(form, event.timeStamp);
  });
}
