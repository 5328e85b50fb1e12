import { Map as LibreMap, setWorkerUrl, type GeoJSONSource, type MapMouseEvent } from "maplibre-gl";
import { pattern, readColours } from "./colours";
import { isArea, isPoint, layers, PATTERNS } from "./layers";
import { boundsOf, fetched, names, type Shape } from "./shapes";
import type { Values } from "./values";

const EMPTY = { type: "geojson", data: { type: "FeatureCollection", features: [] } } as const;
const MARGIN = 24;
const MARGIN_OF_POINTS = 72; // their names stand beside them

/** Who listens to the map: the place under the pointer, and the one that was clicked. */
export interface Listener {
  point(code: string | null): void;
  choose(code: string | null): void;
}

/** The map itself: shapes in the colours of their classes. It asks nothing of any host but its own. */
export class Drawing {
  #map: LibreMap;
  #values: Values | null = null;
  #fetched = "";
  #chosen: string | null = null;
  #hidden: string[] = [];
  #background = false;
  shapes: Shape[] = [];

  private constructor(map: LibreMap) {
    this.#map = map;
  }

  /** Draw in a box, once the map can be drawn on; fails where the browser has no WebGL. */
  static async in(box: HTMLElement): Promise<Drawing> {
    const { worker, pressControl, pressCommand, twoFingers, background, furthest, nearest } = box.dataset;
    setWorkerUrl(new URL(worker ?? "", location.href).href);
    await document.fonts.load('400 14px "Atkinson Hyperlegible Next"');
    const map = new LibreMap({
      container: box,
      style: { version: 8, sources: { ground: EMPTY, shapes: EMPTY, names: EMPTY }, layers: [] },
      attributionControl: false,
      cooperativeGestures: true,
      keyboard: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0,
      locale: {
        "CooperativeGesturesHandler.WindowsHelpText": pressControl ?? "",
        "CooperativeGesturesHandler.MacHelpText": pressCommand ?? "",
        "CooperativeGesturesHandler.MobileHelpText": twoFingers ?? "",
      },
    });
    map.touchZoomRotate.disableRotation();
    await map.once("load");
    if (background) {
      map.addSource("background", {
        type: "raster",
        tiles: [`${new URL(background, location.href).href}{z}/{x}/{y}`],
        tileSize: 256,
        minzoom: Number(furthest),
        maxzoom: Number(nearest),
      });
    }
    return new Drawing(map);
  }

  get canvas(): HTMLCanvasElement {
    return this.#map.getCanvas();
  }

  /** Tell of the pointer, and paint anew where the screen turns dark or light; from after the first values. */
  listen(listener: Listener): void {
    const under = (event: MapMouseEvent) =>
      (this.#map.queryRenderedFeatures(event.point, { layers: ["points", "areas"] })[0]?.properties.code as string) ?? null;
    this.#map.on("mousemove", (event) => listener.point(under(event)));
    this.#map.on("mouseout", () => listener.point(null));
    this.#map.on("click", (event) => listener.choose(under(event)));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.paint());
  }

  /** When everything that was shown is on the screen, and answers to the pointer. */
  async settled(): Promise<void> {
    await this.#map.once("idle");
  }

  /** Show values; their shapes are fetched when they are others than those that are drawn. */
  async show(values: Values): Promise<void> {
    this.#values = values;
    if (values.shapes !== this.#fetched) {
      const shapes = await fetched(values.shapes);
      this.#fetched = values.shapes;
      this.shapes = shapes.features;
      this.#source("shapes").setData(shapes as Parameters<GeoJSONSource["setData"]>[0]);
      this.#source("names").setData(names(this.shapes));
      await this.#lay(values.ground);
      this.fit(new Set(values.places.map(({ code }) => code)));
    }
    this.paint();
  }

  /** Lay outlines below points, which alone would not tell where in the city they are. */
  async #lay(ground: string | undefined): Promise<void> {
    const outlines = ground ? await fetched(ground) : { type: "FeatureCollection" as const, features: [] };
    this.#source("ground").setData(outlines as Parameters<GeoJSONSource["setData"]>[0]);
  }

  /** Paint anew, in the colours that the style sheet has now. */
  paint(): void {
    const colours = readColours();
    for (const kind of PATTERNS) {
      if (this.#map.hasImage(kind)) this.#map.removeImage(kind);
      this.#map.addImage(kind, pattern(kind, colours), { pixelRatio: 2 });
    }
    const drawn = layers(this.#values?.places ?? [], colours, this.#background);
    for (const { id } of drawn) if (this.#map.getLayer(id)) this.#map.removeLayer(id);
    for (const layer of drawn) this.#map.addLayer(layer);
    this.choose(this.#chosen);
    this.veil(this.#hidden);
  }

  /** Draw streets and water below the areas, or leave them out. */
  lay(background: boolean): void {
    this.#background = background;
    if (this.#map.getLayer("background")) this.#map.removeLayer("background");
    this.paint();
  }

  /** Point at a place, or at none. */
  point(code: string | null): void {
    this.#map.setFilter("pointed", isArea(code ? [code] : []));
  }

  /** Choose a place, or none; one that lies outside the picture is brought into it. */
  choose(code: string | null): void {
    this.#chosen = code;
    for (const layer of ["chosen-ground", "chosen"]) this.#map.setFilter(layer, isArea(code ? [code] : []));
    this.#map.setFilter("chosen-point", isPoint(code ? [code] : []));
    const shape = this.#shape(code);
    if (shape && !this.#map.getBounds().contains(shape.properties.middle)) this.#map.panTo(shape.properties.middle);
  }

  /** Veil the places that a search left out. */
  veil(codes: Iterable<string>): void {
    this.#hidden = [...codes];
    this.#map.setFilter("veil", isArea(this.#hidden));
  }

  /** Bring places into the picture: those with these codes, or all. */
  fit(codes?: ReadonlySet<string>): void {
    const shapes = codes ? this.shapes.filter(({ properties }) => codes.has(properties.code)) : this.shapes;
    const bounds = boundsOf(shapes) ?? boundsOf(this.shapes);
    const padding = shapes.some(({ geometry }) => geometry.type === "Point") ? MARGIN_OF_POINTS : MARGIN;
    if (bounds) this.#map.fitBounds(bounds, { padding, duration: 0, maxZoom: 15 });
  }

  /** Zoom by steps, around the place that was chosen. */
  zoom(steps: number): void {
    const around = this.#shape(this.#chosen)?.properties.middle;
    this.#map.zoomTo(this.#map.getZoom() + steps, around ? { around } : {});
  }

  #shape(code: string | null): Shape | undefined {
    return this.shapes.find(({ properties }) => properties.code === code);
  }

  #source(name: string): GeoJSONSource {
    return this.#map.getSource(name) as GeoJSONSource;
  }
}
