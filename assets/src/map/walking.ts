import type { Position, Shape } from "./shapes";

/** The steps of the arrow keys: east and north count as one. */
export const ARROWS: Record<string, Position> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/**
 * The nearest place in the direction of an arrow; distance aside counts double, so that a walk goes on straight.
 * From nowhere it starts at the place that lies furthest back, so that the first arrow reaches everything.
 */
export function towards(shapes: readonly Shape[], from: string | null, step: Position): string | null {
  const start = shapes.find(({ properties }) => properties.code === from);
  if (!start) return furthestBack(shapes, step);
  const [x, y] = flat(start.properties.middle);
  let best: { code: string; cost: number } | null = null;
  for (const { properties } of shapes) {
    const [dx, dy] = [flat(properties.middle)[0] - x, flat(properties.middle)[1] - y];
    const ahead = dx * step[0] + dy * step[1];
    const aside = Math.abs(dx * step[1]) + Math.abs(dy * step[0]);
    const cost = ahead + 2 * aside;
    if (ahead > 0 && (!best || cost < best.cost)) best = { code: properties.code, cost };
  }
  return best?.code ?? null;
}

function furthestBack(shapes: readonly Shape[], step: Position): string | null {
  const along = ({ properties }: Shape) => properties.middle[0] * step[0] + properties.middle[1] * step[1];
  const first = shapes.reduce<Shape | null>((best, one) => (!best || along(one) < along(best) ? one : best), null);
  return first?.properties.code ?? null;
}

/** Degrees east are shorter than degrees north, by the cosine of the latitude. */
function flat([east, north]: Position): Position {
  return [east * Math.cos((north * Math.PI) / 180), north];
}
