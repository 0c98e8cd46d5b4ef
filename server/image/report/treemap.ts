/** A rectangle of a treemap, in the units of the whole. */
export interface Tile<T> {
  readonly item: T;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Lays items out in an area, each as large as its size, as near to squares as rows allow (Bruls, Huizing, van Wijk). */
export function treemap<T extends { readonly size: number }>(items: readonly T[], area: Area): readonly Tile<T>[] {
  const whole = items.reduce((sum, { size }) => sum + size, 0);
  if (whole <= 0 || area.width <= 0 || area.height <= 0) return [];
  const scale = (area.width * area.height) / whole;
  const sorted = items.filter(({ size }) => size > 0).sort((a, b) => b.size - a.size);
  const tiles: Tile<T>[] = [];
  let left = area;
  for (let start = 0; start < sorted.length; ) {
    const side = Math.min(left.width, left.height);
    let end = start + 1;
    while (
      end < sorted.length &&
      worst(sorted.slice(start, end + 1), side, scale) <= worst(sorted.slice(start, end), side, scale)
    ) {
      end += 1;
    }
    left = layRow(sorted.slice(start, end), left, scale, tiles);
    start = end;
  }
  return tiles;
}

/** The longest shape in a row along a side: 1 is a square. */
function worst(row: readonly { readonly size: number }[], side: number, scale: number): number {
  const areas = row.map(({ size }) => size * scale);
  const sum = areas.reduce((total, each) => total + each, 0);
  const largest = areas[0] ?? 0;
  const least = areas.at(-1) ?? 0;
  return Math.max((side * side * largest) / (sum * sum), (sum * sum) / (side * side * least));
}

/** Puts a row along the shorter side; what is left of the area. */
function layRow<T extends { readonly size: number }>(
  row: readonly T[],
  area: Area,
  scale: number,
  tiles: Tile<T>[],
): Area {
  const sum = row.reduce((total, { size }) => total + size * scale, 0);
  const upright = area.width >= area.height;
  const thickness = sum / (upright ? area.height : area.width);
  let at = upright ? area.y : area.x;
  for (const item of row) {
    const length = (item.size * scale) / thickness;
    tiles.push(
      upright
        ? { item, x: area.x, y: at, width: thickness, height: length }
        : { item, x: at, y: area.y, width: length, height: thickness },
    );
    at += length;
  }
  return upright
    ? { ...area, x: area.x + thickness, width: Math.max(area.width - thickness, 0) }
    : { ...area, y: area.y + thickness, height: Math.max(area.height - thickness, 0) };
}
