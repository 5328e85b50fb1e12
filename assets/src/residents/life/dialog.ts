/* A form above the map: it opens with a title, closes without a change, and gives the keyboard back. */
import { make } from "../dom";
import type { Texts } from "../texts";
import { calm } from "./fields";

export interface Asked {
  title: string;
  fields: (HTMLElement | null)[];
  /** What is below the buttons, as earlier versions. */
  below?: HTMLElement | null;
  save?: string;
  /** Keep what was filled in; false when something has to be mended first. */
  keep(data: FormData, form: HTMLFormElement): Promise<boolean>;
  remove?: () => Promise<void>;
}

/** Ask; resolves when it was closed, with whether something changed. */
export function ask({ title, fields, below, save, keep, remove }: Asked, texts: Texts, home: HTMLElement): Promise<boolean> {
  const heading = make("h2", { id: "life-dialog-title", tabindex: -1 }, title);
  const button = (words: string, kind: string, type = "button") => make("button", { class: `button ${kind}`.trim(), type }, words);
  const saving = button(save ?? texts.say("do.save"), "", "submit");
  const leaving = button(texts.say("do.cancel"), "plain");
  const removing = remove ? button(texts.say("do.remove"), "careful") : null;
  const form = make("form", { class: "form", novalidate: true }, ...fields, make("div", { class: "buttons" }, saving, leaving, removing));
  const dialog = make("dialog", { class: "life-dialog", "aria-labelledby": heading.id }, heading, form, below ?? null);
  const before = document.activeElement as HTMLElement | null;
  home.append(dialog);
  return new Promise((resolve) => {
    let isChanged = false;
    const close = (changed: boolean) => {
      isChanged = changed;
      dialog.close();
    };
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (before?.isConnected) before.focus({ preventScroll: true });
      resolve(isChanged);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      calm(form);
      saving.disabled = true;
      void keep(new FormData(form), form)
        .then((isKept) => isKept && close(true))
        .catch((failure: unknown) => told(form, failure, texts))
        .finally(() => (saving.disabled = false));
    });
    leaving.addEventListener("click", () => close(false));
    removing?.addEventListener("click", () => void remove!().then(() => close(true)).catch((failure: unknown) => told(form, failure, texts)));
    dialog.showModal();
    heading.focus();
  });
}

/** What was typed stays; somebody can try again. */
function told(form: HTMLFormElement, failure: unknown, texts: Texts): void {
  console.error((failure as Error).name);
  form.querySelector(".message.error")?.remove();
  form.prepend(make("div", { class: "message error", role: "alert" }, make("p", {}, texts.say("life.not_kept"))));
}
