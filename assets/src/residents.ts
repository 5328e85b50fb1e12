/* The pages of a resident: the door, beginning a map, and the map itself; what needs the key happens here alone. */
import { Beginning } from "./residents/opening/begin";
import { Door } from "./residents/opening/door";
import { showExample } from "./residents/opening/example";
import { drawn } from "./residents/opening/pictures";
import { Session } from "./residents/opening/session";
import { Shell } from "./residents/opening/shell";
import { Texts } from "./residents/texts";

/** What the door says to who just left. */
const AFTERWARDS: ReadonlySet<string> = new Set(["#closed", "#deleted"]);

void start().catch((failure: unknown) => console.error(failure instanceof Error ? failure.name : "failed"));

async function start(): Promise<void> {
  for (const place of document.querySelectorAll<HTMLElement>("[data-qr]")) place.append(drawn(place.dataset.qr!, place.dataset.label ?? ""));
  for (const leaving of document.querySelectorAll<HTMLFormElement>("form[data-closes]")) leaving.addEventListener("submit", (event) => void close(event));
  const example = document.querySelector<HTMLElement>("[data-example]");
  if (example) showExample(example, Texts.in(document));
  const form = document.querySelector<HTMLFormElement>("[data-door]");
  const isOwn = document.querySelector("form[data-closes]") !== null;
  const part = document.querySelector<HTMLElement>("[data-begin]");
  // A page that the browser kept from before may show what was open then.
  if (form || part || isOwn) addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  if (!form && !part) return;
  if (!globalThis.crypto?.subtle || !globalThis.indexedDB) {
    for (const words of document.querySelectorAll<HTMLElement>('[data-said="unsupported"]')) words.hidden = false;
    return;
  }
  const texts = Texts.in(document);
  const opened = (session: Session) => new Shell(session, texts).begin();
  if (part) new Beginning(part, texts, opened).begin();
  if (form) await atTheDoor(form, texts, opened);
  document.body.dataset.ready = "yes";
}

async function atTheDoor(form: HTMLFormElement, texts: Texts, opened: (session: Session) => void): Promise<void> {
  const door = new Door(form, texts, opened);
  door.begin();
  const before = await Session.resumed().catch(() => null); // a browser that keeps nothing has nothing to go on with
  if (before) return opened(before);
  if (AFTERWARDS.has(location.hash)) door.say(location.hash.slice(1));
}

/** A page that the server drew closes the map too: of one's own device the key goes first. */
async function close(event: SubmitEvent): Promise<void> {
  event.preventDefault();
  await Session.dropped();
  (event.target as HTMLFormElement).submit();
}
