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
