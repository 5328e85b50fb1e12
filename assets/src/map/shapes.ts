export type Position = [number, number];
export type Bounds = [Position, Position];

/** A place as it is drawn, in degrees: its outline or its point, and a point inside it. */
export interface Shape {
  type: "Feature";
  properties: { code: string; name: string; middle: Position };
  geometry: { type: "Point" | "Polygon" | "MultiPolygon"; coordinates: unknown };
}

export interface Shapes {
  type: "FeatureCollection";
  features: Shape[];
}

const asked = new Map<string, Promise<Shapes>>();

/** The shapes at an address, asked for once: who asks ahead has them sooner. */
export function fetched(address: string): Promise<Shapes> {
  const coming = asked.get(address) ?? ask(address);
  asked.set(address, coming);
  coming.catch(() => asked.delete(address));
  return coming;
}

async function ask(address: string): Promise<Shapes> {
  const answer = await fetch(address, { headers: { accept: "application/geo+json" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return (await answer.json()) as Shapes;
}

/** The corners south-west and north-east of a shape, or of all. */
export function boundsOf(shapes: Iterable<Shape>): Bounds | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { geometry } of shapes) {
    for (const [x, y] of positions(geometry.coordinates)) {
      west = Math.min(west, x);
      east = Math.max(east, x);
      south = Math.min(south, y);
      north = Math.max(north, y);
    }
  }
  return west <= east ? [[west, south], [east, north]] : null;
}

function* positions(coordinates: unknown): Generator<Position> {
  if (!Array.isArray(coordinates)) return;
  if (typeof coordinates[0] === "number") yield coordinates as Position;
  else for (const part of coordinates) yield* positions(part);
}

/** The points at which names stand, the largest places first: they get room before the others. */
export function names(shapes: Iterable<Shape>) {
  const features = [...shapes].map(({ properties, ...shape }) => {
    const bounds = boundsOf([{ properties, ...shape }]);
    const size = bounds ? (bounds[1][0] - bounds[0][0]) * (bounds[1][1] - bounds[0][1]) : 0;
    return {
      type: "Feature" as const,
      properties: { code: properties.code, name: properties.name, order: -size, ofPoint: shape.geometry.type === "Point" },
      geometry: { type: "Point" as const, coordinates: properties.middle },
    };
  });
  return { type: "FeatureCollection" as const, features };
}
