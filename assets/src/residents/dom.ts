/* Elements made from words: nothing a resident typed is ever read as HTML. */

type Given = string | number | boolean | undefined | null;
type Child = Node | string | null | undefined | false;
type Heard = Record<string, (event: Event) => void>;

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes (false, none and undefined are left out) and what stands in it. */
export function make<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  attributes: Record<string, Given> = {},
  ...children: Child[]
): HTMLElementTagNameMap[T] {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for a picture. */
export function svg<T extends keyof SVGElementTagNameMap>(
  tag: T,
  attributes: Record<string, Given> = {},
  ...children: Child[]
): SVGElementTagNameMap[T] {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** Listen to an element, and give it back. */
export function on<E extends Element>(element: E, heard: Heard): E {
  for (const [name, listener] of Object.entries(heard)) element.addEventListener(name, listener);
  return element;
}

function fill<E extends Element>(element: E, attributes: Record<string, Given>, children: Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value === true ? "" : `${value}`);
  }
  element.append(...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false && child !== ""));
  return element;
}
