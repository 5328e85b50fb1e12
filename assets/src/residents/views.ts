/* The views of an open map, by what stands after the # in the address. */
import { mount as chances } from "./chances/mount";
import { mount as figures } from "./figures/mount";
import { mount as giving } from "./giving/mount";
import { mount as influence } from "./influence/mount";
import { mount as life } from "./life/mount";
import { mount as people } from "./people/mount";
import { mount as plan } from "./plan/mount";
import { mount as readable } from "./readable";
import { mount as sharing } from "./sharing/mount";
import type { Store } from "./store";
import type { Texts } from "./texts";
import { mount as values } from "./values/mount";

/** Fill a section once, and redraw it with every change of the store; what comes back ends it. */
export type Mount = (section: HTMLElement, store: Store, texts: Texts) => void | (() => void);

/** Each mount makes an element of its own in the section with this `data-view`. */
export const VIEWS: Readonly<Record<string, readonly Mount[]>> = {
  leven: [life],
  invloed: [influence],
  kansen: [chances],
  waarden: [values],
  mensen: [people, figures],
  plan: [plan],
  delen: [sharing],
  geven: [giving],
  meer: [readable],
};
