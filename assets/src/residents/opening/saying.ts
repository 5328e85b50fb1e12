/* The sentences that stand ready in a page, of which one is shown. */

/** Show the sentence with this name in a part of the page, and hide the others; none to hide all. */
export function say(part: ParentNode, name?: string): void {
  for (const words of part.querySelectorAll<HTMLElement>("[data-said]")) words.hidden = words.dataset.said !== name;
  part.querySelector<HTMLElement>("[data-said]:not([hidden])")?.scrollIntoView({ block: "nearest" });
}

/** Show one step of several, and bring who uses a keyboard or a screen reader to its heading. */
export function step(part: ParentNode, name: string | null): void {
  for (const section of part.querySelectorAll<HTMLElement>("[data-step]")) section.hidden = section.dataset.step !== name;
  const shown = name === null ? null : part.querySelector<HTMLElement>(`[data-step="${name}"]`);
  const heading = shown?.querySelector<HTMLElement>("h2, h3");
  heading?.setAttribute("tabindex", "-1");
  heading?.focus();
}

/** Have the part of the page fetched that tells what was asked with a card and waits. */
export function tellCards(): void {
  if (navigator.onLine) document.body.dispatchEvent(new Event("kaarten"));
}

/** Keep the buttons of a part from being used twice while something is done. */
export async function busy<What>(part: HTMLElement, doing: () => Promise<What>): Promise<What> {
  const buttons = [...part.querySelectorAll<HTMLButtonElement>("button:not(:disabled)")];
  for (const button of buttons) button.disabled = true;
  part.setAttribute("aria-busy", "true");
  try {
    return await doing();
  } finally {
    for (const button of buttons) button.disabled = false;
    part.removeAttribute("aria-busy");
  }
}
