/** Show the buttons that copy an address, where the browser lets a page do so. */
export function offerCopying(page: ParentNode): void {
  if (!("clipboard" in navigator)) return; // it is there on pages that came over a safe connection only
  for (const button of page.querySelectorAll<HTMLButtonElement>("button[data-copy]")) button.hidden = false;
}

/** Copy the address of a button that is pressed, whole, so that it can be sent to somebody, and say so beside it. */
export function copyOnPress(page: Document): void {
  page.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-copy]");
    if (!button) return;
    const said = button.nextElementSibling;
    void navigator.clipboard.writeText(new URL(button.dataset.copy ?? "", location.href).href).then(() => {
      if (said) said.textContent = button.dataset.copied ?? "";
    });
  });
}
