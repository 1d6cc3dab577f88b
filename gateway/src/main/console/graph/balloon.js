/**
 * Places for many nodes: what hangs on a node by it alone stands around it like the seeds of a sunflower, and nodes with
 * more behind them stand on a ring around that.
 */
const SPACE = 46;
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/**
 * @param {string} middle id of the node in the middle
 * @param {string[]} ids of all nodes
 * @param {{from: string, to: string}[]} edges
 * @returns {Map<string, {x: number, y: number}>} where each stands; what is connected to nothing stands around the middle
 */
export function balloon(middle, ids, edges) {
  const root = branch(middle, tree(middle, ids, edges));
  const places = new Map();
  settle(root, 0, 0, places);
  return places;
}

/** For each node those that are first reached through it. */
function tree(middle, ids, edges) {
  const near = new Map(ids.map((id) => [id, []]));
  for (const { from, to } of edges) {
    near.get(from)?.push(to);
    near.get(to)?.push(from);
  }
  const below = new Map([[middle, []]]);
  for (const start of [middle, ...ids]) {
    if (!below.has(start)) {
      below.set(start, []);
      below.get(middle).push(start);
    }
    for (const queue = [start]; queue.length > 0; ) {
      const id = queue.shift();
      for (const next of (near.get(id) ?? []).filter((one) => !below.has(one))) {
        below.set(next, []);
        below.get(id).push(next);
        queue.push(next);
      }
    }
  }
  return below;
}

/** A node with its branches and how much room they need. */
function branch(id, below) {
  const children = below.get(id).map((child) => branch(child, below));
  const leaves = children.filter((child) => child.children.length === 0);
  const inner = children.filter((child) => child.children.length > 0);
  const seeds = SPACE * Math.sqrt(leaves.length + 1);
  const widest = Math.max(0, ...inner.map((child) => child.radius));
  const around = inner.reduce((sum, child) => sum + 2.2 * child.radius, 0) / (2 * Math.PI);
  const ring = inner.length === 0 ? 0 : Math.max(seeds + widest, around);
  return { id, children, leaves, inner, ring, radius: Math.max(seeds, ring + widest) };
}

function settle({ id, leaves, inner, ring }, x, y, places) {
  places.set(id, { x, y });
  leaves.forEach((leaf, at) => {
    const far = SPACE * Math.sqrt(at + 1.6);
    places.set(leaf.id, { x: x + far * Math.cos(at * GOLDEN), y: y + far * Math.sin(at * GOLDEN) });
  });
  const whole = inner.reduce((sum, child) => sum + child.radius, 0);
  let turned = 0;
  for (const child of inner) {
    const angle = ((turned + child.radius / 2) / whole) * 2 * Math.PI;
    settle(child, x + ring * Math.cos(angle), y + ring * Math.sin(angle), places);
    turned += child.radius;
  }
}
