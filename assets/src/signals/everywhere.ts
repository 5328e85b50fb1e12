/* On every page: send what waits on this device, as not every browser does so by itself, and forget what was left. */
import { isOutlived, Keeping, MARK } from "./keeping";
import { sendWaiting } from "./sending";

/** Send what waits, now and when the connection returns; the page of reporting does so itself. */
export function sendFromAnyPage(page: Document): void {
  if (!globalThis.indexedDB || !globalThis.crypto?.subtle || page.querySelector("#report")) return;
  const send = () => void sendKept().catch(console.error);
  addEventListener("online", send);
  send();
}

async function sendKept(): Promise<void> {
  if (!localStorage.getItem(MARK)) return;
  const keeping = await Keeping.open();
  try {
    if (navigator.onLine) await sendWaiting(keeping);
    for (const kept of await keeping.all()) if (isOutlived(kept, kept.owner, Date.now())) await keeping.remove(kept.key);
    if (!(await keeping.all()).length) localStorage.removeItem(MARK);
  } finally {
    keeping.close();
  }
}
