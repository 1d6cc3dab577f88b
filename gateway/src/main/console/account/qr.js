/**
 * QR codes (ISO/IEC 18004): text as UTF-8 bytes, error correction M, versions 1 to 12 (287 bytes). No libraries.
 */

/**
 * By version: codewords of error correction in a block, blocks, codewords of data, centres of alignment patterns.
 * @type {Array<[number, number, number, number[]]>}
 */
const VERSIONS = [
  [10, 1, 16, []], [16, 1, 28, [6, 18]], [26, 1, 44, [6, 22]], [18, 2, 64, [6, 26]], [24, 2, 86, [6, 30]], [16, 4, 108, [6, 34]],
  [18, 4, 124, [6, 22, 38]], [22, 4, 154, [6, 24, 42]], [22, 5, 182, [6, 26, 46]], [26, 5, 216, [6, 28, 50]], [30, 5, 254, [6, 30, 54]], [22, 8, 290, [6, 32, 58]],
];
const MASKS = [
  (x, y) => (x + y) % 2 === 0,
  (x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];
/** Error correction M in the format information. */
const LEVEL = 0b00;
const FORMAT_GENERATOR = 0b10100110111;
const FORMAT_MASK = 0b101010000010010;
const VERSION_GENERATOR = 0b1111100100101;

/**
 * The modules of the code, row by row; true is dark. There is no quiet zone around them.
 * @param {string} text @returns {boolean[][]}
 */
export function qr(text) {
  const bytes = [...new TextEncoder().encode(text)];
  const version = VERSIONS.findIndex(([, , data], i) => bytes.length + (i < 9 ? 2 : 3) <= data) + 1;
  if (version === 0) {
    throw new RangeError(`a QR code of ${bytes.length} bytes is too large here`);
  }
  const words = interleaved(dataWords(bytes, version), version);
  const candidates = MASKS.map((mask, number) => drawn(words, version, mask, number));
  return candidates.reduce((best, one) => (penalty(one) < penalty(best) ? one : best));
}

function dataWords(bytes, version) {
  const capacity = VERSIONS[version - 1][2];
  const bits = [];
  const put = (value, length) => {
    for (let i = length - 1; i >= 0; i--) {
      bits.push((value >> i) & 1);
    }
  };
  put(0b0100, 4);
  put(bytes.length, version < 10 ? 8 : 16);
  bytes.forEach((byte) => put(byte, 8));
  put(0, Math.min(4, capacity * 8 - bits.length));
  put(0, (8 - (bits.length % 8)) % 8);
  const words = [];
  for (let i = 0; i < bits.length; i += 8) {
    words.push(parseInt(bits.slice(i, i + 8).join(''), 2));
  }
  for (let pad = 0; words.length < capacity; pad++) {
    words.push(pad % 2 === 0 ? 0xec : 0x11);
  }
  return words;
}

/** Blocks of data with their error correction, column by column. The last blocks may be longer by one. */
function interleaved(data, version) {
  const [correction, count, total] = VERSIONS[version - 1];
  const short = Math.floor(total / count);
  const blocks = [];
  let from = 0;
  for (let i = 0; i < count; i++) {
    const length = short + (i >= count - (total % count) ? 1 : 0);
    blocks.push(data.slice(from, from + length));
    from += length;
  }
  const columns = (rows) => Array.from({ length: Math.max(...rows.map((row) => row.length)) }, (_, i) => rows.filter((row) => i < row.length).map((row) => row[i])).flat();
  return [...columns(blocks), ...columns(blocks.map((block) => remainder(block, correction)))];
}

/** Reed-Solomon over GF(256) with the polynomial 0x11d. */
function remainder(block, length) {
  const generator = Array.from({ length }, (_, i) => i).reduce(
    (poly, i) => [...poly, 0].map((term, at) => term ^ (at > 0 ? times(poly[at - 1], power(i)) : 0)),
    [1],
  );
  const rest = [...block, ...new Array(length).fill(0)];
  for (let i = 0; i < block.length; i++) {
    const factor = rest[i];
    generator.forEach((term, at) => (rest[i + at] ^= times(term, factor)));
  }
  return rest.slice(block.length);
}

function times(a, b) {
  let product = 0;
  for (let i = 7; i >= 0; i--) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    product ^= ((b >> i) & 1) * a;
  }
  return product & 0xff;
}

function power(exponent) {
  return Array.from({ length: exponent }).reduce((value) => times(value, 2), 1);
}

/** Remainder of a polynomial division by a generator, in bits. */
function bitRemainder(value, generator) {
  const degree = Math.floor(Math.log2(generator));
  let rest = value << degree;
  for (let i = Math.floor(Math.log2(rest || 1)); i >= degree; i--) {
    if ((rest >> i) & 1) {
      rest ^= generator << (i - degree);
    }
  }
  return (value << degree) | rest;
}

function drawn(words, version, mask, number) {
  const size = 17 + 4 * version;
  const modules = Array.from({ length: size }, () => new Array(size).fill(null));
  const set = (x, y, dark) => (modules[y][x] = Boolean(dark));
  patterns(set, size, version);
  information(set, size, version, number);
  const fixed = modules.map((row) => row.map((one) => one !== null));
  let bit = 0;
  for (let right = size - 1, up = true; right > 0; right -= 2, up = !up) {
    if (right === 6) {
      right = 5;
    }
    for (let i = 0; i < size; i++) {
      const y = up ? size - 1 - i : i;
      for (const x of [right, right - 1]) {
        if (!fixed[y][x]) {
          const dark = bit < words.length * 8 && ((words[bit >> 3] >> (7 - (bit & 7))) & 1) === 1;
          set(x, y, dark !== mask(x, y));
          bit++;
        }
      }
    }
  }
  return modules;
}

function patterns(set, size, version) {
  for (let i = 0; i < size; i++) {
    set(6, i, i % 2 === 0);
    set(i, 6, i % 2 === 0);
  }
  const square = (cx, cy, radius, dark) => {
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) {
        if (cx + dx >= 0 && cx + dx < size && cy + dy >= 0 && cy + dy < size) {
          set(cx + dx, cy + dy, dark(Math.max(Math.abs(dx), Math.abs(dy))));
        }
      }
    }
  };
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) {
    square(x, y, 4, (distance) => distance !== 2 && distance !== 4);
  }
  const centres = VERSIONS[version - 1][3];
  const last = centres.length - 1;
  centres.forEach((x, i) =>
    centres.forEach((y, j) => {
      if (!((i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0))) {
        square(x, y, 2, (distance) => distance !== 1);
      }
    }),
  );
}

/** Format and version information, both twice. */
function information(set, size, version, mask) {
  const format = bitRemainder((LEVEL << 3) | mask, FORMAT_GENERATOR) ^ FORMAT_MASK;
  for (let i = 0; i < 15; i++) {
    const dark = (format >> i) & 1;
    set(8, i < 6 ? i : i < 8 ? i + 1 : size - 15 + i, dark);
    set(i < 8 ? size - 1 - i : i === 8 ? 7 : 14 - i, 8, dark);
  }
  set(8, size - 8, true);
  if (version >= 7) {
    const bits = bitRemainder(version, VERSION_GENERATOR);
    for (let i = 0; i < 18; i++) {
      set(Math.floor(i / 3), size - 11 + (i % 3), (bits >> i) & 1);
      set(size - 11 + (i % 3), Math.floor(i / 3), (bits >> i) & 1);
    }
  }
}

/** How hard a code is to read: the mask with the least is used. */
function penalty(modules) {
  const size = modules.length;
  const rows = [modules, modules[0].map((_, x) => modules.map((row) => row[x]))].flat();
  let sum = 0;
  for (const row of rows) {
    const text = row.map((dark) => (dark ? '1' : '0')).join('');
    for (const run of text.match(/0{5,}|1{5,}/g) ?? []) {
      sum += run.length - 2;
    }
    sum += 40 * ((text.match(/(?=10111010000)/g) ?? []).length + (text.match(/(?=00001011101)/g) ?? []).length);
  }
  let dark = 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      dark += modules[y][x] ? 1 : 0;
      if (x > 0 && y > 0 && new Set([modules[y][x], modules[y - 1][x], modules[y][x - 1], modules[y - 1][x - 1]]).size === 1) {
        sum += 3;
      }
    }
  }
  return sum + 10 * Math.floor(Math.abs((dark * 20) / (size * size) - 10));
}
