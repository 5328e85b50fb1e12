/* When a part of a page comes into sight, and when it gets another width. */

/** Do something when an element is seen, each time it comes into sight; what comes back ends it. */
export function whenShown(element: HTMLElement, seen: () => void): () => void {
  const watch = new IntersectionObserver((entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) seen();
  });
  watch.observe(element);
  return () => watch.disconnect();
}

/** Draw when an element gets a width, or another one; what comes back ends it. */
export function fitted(element: HTMLElement, draw: () => void): () => void {
  let width = 0;
  const watch = new ResizeObserver(() => {
    if (element.clientWidth === width) return;
    width = element.clientWidth;
    draw();
  });
  watch.observe(element);
  return () => watch.disconnect();
}
