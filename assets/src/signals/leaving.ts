/* Signing out leaves nothing on this device; who has something waiting there is told first. */
import { DATABASE, Keeping, MARK } from "./keeping";

export const CACHE = "ongedeeld-signals";
const PATIENCE_MS = 1500;

/** Remove everything that pages of signals keep on this device. */
export async function wipe(): Promise<void> {
  localStorage.removeItem(MARK);
  indexedDB.deleteDatabase(DATABASE);
  await globalThis.caches?.delete(CACHE);
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  await Promise.all(workers.map((worker) => worker.unregister()));
}

/** How much waits on this device, of whomever. */
export async function countWaiting(): Promise<number> {
  if (!localStorage.getItem(MARK)) return 0;
  const keeping = await Keeping.open();
  const all = await keeping.all();
  keeping.close();
  return all.length;
}

/** Tell on the page of signing out what would go, and wipe the device when somebody signs out. */
export function leaveNothing(page: Document): void {
  const forms = [...page.querySelectorAll<HTMLFormElement>("form[data-signs-out]")];
  if (!forms.length || !globalThis.indexedDB) return;
  void tell(page);
  for (const form of forms) form.addEventListener("submit", (event) => {
    if (!localStorage.getItem(MARK)) return;
    event.preventDefault();
    void leave(form);
  });
}

async function tell(page: Document): Promise<void> {
  const box = page.querySelector<HTMLElement>("[data-lost-by-signing-out]");
  const count = box ? await countWaiting() : 0;
  if (!box || !count) return;
  box.querySelector("[data-count]")!.textContent = `${count}`;
  box.hidden = false;
}

async function leave(form: HTMLFormElement): Promise<void> {
  const question = form.dataset.question;
  if (question && (await countWaiting())) {
    location.assign(question);
    return;
  }
  // Signing out does not wait for a device that is slow to forget: the answer has it forget as well.
  await Promise.race([wipe(), new Promise((done) => setTimeout(done, PATIENCE_MS))]).catch(console.error);
  form.submit();
}
