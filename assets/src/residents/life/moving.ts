/* Fingers, mouse and wheel on the map: what they mean, without knowing what is drawn. */

export interface Moves {
  /** The map goes along with the hand, by so much. */
  drag(by: number): void;
  /** Nearer or farther, around a place on the screen. */
  zoom(factor: number, at: number): void;
  /** The hand is off the map, and something moved. */
  rest(): void;
}

const STILL = 6;
const WHEEL_STEP = 0.004;
const LINE_HEIGHT = 18;

/** Listen to an area; what comes back ends it. A press that did not move stays a click. */
export function listen(area: HTMLElement, moves: Moves): () => void {
  const ending = new AbortController();
  const options = { signal: ending.signal };
  const hands = new Map<number, { x: number; y: number }>();
  let begun = 0;
  let isMoving = false;

  area.addEventListener("pointerdown", (event) => {
    if (event.button > 0) return;
    hands.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (hands.size === 1) [begun, isMoving] = [event.clientX, false];
  }, options);

  area.addEventListener("pointermove", (event) => {
    const hand = hands.get(event.pointerId);
    if (!hand) return;
    const before = spread(hands);
    const by = event.clientX - hand.x;
    if (!isMoving && hands.size === 1 && Math.abs(event.clientX - begun) < STILL) return;
    if (!isMoving) area.setPointerCapture(event.pointerId);
    isMoving = true;
    [hand.x, hand.y] = [event.clientX, event.clientY];
    if (hands.size === 1) return moves.drag(by);
    const after = spread(hands);
    moves.drag(after.middle - before.middle);
    moves.zoom(after.apart / before.apart, after.middle - area.getBoundingClientRect().left);
  }, options);

  const gone = (event: PointerEvent) => {
    if (hands.delete(event.pointerId) && isMoving && !hands.size) moves.rest();
  };
  area.addEventListener("pointerup", gone, options);
  area.addEventListener("pointercancel", gone, options);
  // Who let the map go after moving it did not mean to press what is there.
  area.addEventListener("click", (event) => {
    if (isMoving) event.stopImmediatePropagation();
    isMoving = false;
  }, { ...options, capture: true });

  area.addEventListener("wheel", (event) => {
    const times = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_HEIGHT : 1;
    const aside = event.shiftKey && !event.deltaX ? event.deltaY : event.deltaX;
    if (event.ctrlKey || event.metaKey) {
      moves.zoom(Math.exp(-event.deltaY * times * WHEEL_STEP), event.clientX - area.getBoundingClientRect().left);
    } else if (Math.abs(aside) > Math.abs(event.deltaY) || event.shiftKey) moves.drag(-aside * times);
    else return; // the page itself goes up and down
    event.preventDefault();
    moves.rest();
  }, { ...options, passive: false });

  return () => ending.abort();
}

function spread(hands: Map<number, { x: number; y: number }>): { middle: number; apart: number } {
  const [one, other] = [...hands.values()];
  if (!one || !other) return { middle: one?.x ?? 0, apart: 1 };
  return { middle: (one.x + other.x) / 2, apart: Math.max(Math.hypot(one.x - other.x, one.y - other.y), 20) };
}
