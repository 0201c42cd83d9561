// Reads the files Pagefind 1.5.2 writes: gzip, 12 bytes of signature, CBOR (chunks of postings) or JSON (fragments); its
// list of pages and chunks comes as a head of our own.  The format is not documented, so every other version is refused,
// and a test compares what is read here with what Pagefind's own engine finds.  Written for Chromium 86: no .at(), no
// Array.with().

const SIGNATURE = "pagefind_dcd";
const VERSION = "1.5.2";
const NAME = /.{7}/g; // names of fragments and chunks, after "und_"
const listed = (names) => (names[0] === " " ? names.slice(1).split(" ") : names.match(NAME) || []); // head.py, _joined
const utf8 = new TextDecoder();

/** Unpacks one file of the index; throws where it is truncated or something else. */
async function unpacked(packed) {
  const stream = packed.pipeThrough(new DecompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  if (utf8.decode(bytes.subarray(0, SIGNATURE.length)) !== SIGNATURE) throw new Error("not an index file");
  return bytes.subarray(SIGNATURE.length);
}

/** Fetches and unpacks one file. */
async function unpack(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return unpacked(response.body);
}

/** The part of CBOR (RFC 8949) that Pagefind writes: integers, texts, arrays. */
class Cbor {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  /** The argument of the next head; its major type is left in `this.major`. */
  head() {
    const first = this.bytes[this.at++];
    this.major = first >> 5;
    const short = first & 31;
    if (short < 24) return short;
    const size = 1 << (short - 24);
    if (short > 26) throw new Error(`CBOR ${first}`);
    let value = 0;
    for (let k = 0; k < size; k++) value = value * 256 + this.bytes[this.at++];
    return value;
  }

  integer() {
    const value = this.head();
    return this.major === 1 ? -1 - value : value;
  }

  text() {
    const length = this.head();
    this.at += length;
    return utf8.decode(this.bytes.subarray(this.at - length, this.at));
  }

  skip() {
    const value = this.head();
    if (this.major === 4) for (let k = 0; k < value; k++) this.skip();
    else if (this.major === 2 || this.major === 3) this.at += value;
  }
}

/** Code point order, which is the order of UTF-8 bytes Pagefind sorts by; JavaScript's own `<` sorts by UTF-16. */
function compare(a, b) {
  for (let i = 0; ; ) {
    const x = a.codePointAt(i);
    const y = b.codePointAt(i);
    if (x === undefined || y === undefined) return (x === undefined ? 0 : 1) - (y === undefined ? 0 : 1);
    if (x !== y) return x - y;
    i += x > 0xffff ? 2 : 1;
  }
}

/** Keeps the promise of a value, but never that of a failure: the next question tries again. */
function once(map, key, make) {
  if (!map.has(key)) {
    const promise = make();
    map.set(key, promise);
    promise.catch(() => map.delete(key));
  }
  return map.get(key);
}

/** One index as Pagefind wrote it.  Pages are numbers; a posting is {pos: positions, title: how many of them in the title}. */
export class Bundle {
  constructor(base) {
    this.base = base;
    this.chunks = new Map();
    this.postings = new Map();
    this.texts = new Map();
  }

  /** Reads the head: the page list and the chunk ranges, as search/head.py writes them. */
  async open(head) {
    const { version, hashes, lengths, from, names } = JSON.parse(utf8.decode(await unpacked(new Blob([head]).stream())));
    if (version !== VERSION) throw new Error(`index version ${version}`);
    this.hashes = listed(hashes);
    this.lengths = lengths;
    this.from = [];
    for (let i = 0; i < from.length; i += 2) for (const last of from[i + 1]) this.from.push(from[i] + last);
    this.names = listed(names);
    return this;
  }

  /** The last chunk that begins at or before the key, or -1. */
  find(key) {
    let low = 0;
    let high = this.from.length - 1;
    let found = -1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (compare(this.from[middle], key) <= 0) {
        found = middle;
        low = middle + 1;
      } else high = middle - 1;
    }
    return found;
  }

  /** A chunk: where in its bytes each key's postings begin. */
  chunk(number) {
    return once(this.chunks, number, async () => {
      const bytes = await unpack(`${this.base}index/und_${this.names[number]}.pf_index`);
      const cbor = new Cbor(bytes);
      const places = new Map();
      cbor.head();
      for (let n = cbor.head(); n--; ) {
        cbor.head();
        const key = cbor.text();
        places.set(key, cbor.at);
        cbor.skip();
        cbor.skip();
      }
      return { bytes, places };
    });
  }

  /** The postings of a key: Map page → posting; empty where the archive does not have it. */
  posting(key) {
    return once(this.postings, key, async () => {
      const number = this.find(key);
      if (number < 0) return new Map();
      const { bytes, places } = await this.chunk(number);
      return places.has(key) ? decode(bytes, places.get(key)) : new Map();
    });
  }

  /** All postings of the keys of one or two characters that begin with `char`: its occurrences, without a key of its own. */
  async beginning(char) {
    const end = char + "\u{10ffff}";
    const wanted = [];
    for (let i = Math.max(0, this.find(char)); i < this.from.length && compare(this.from[i], end) <= 0; i++) wanted.push(i);
    const chunks = await Promise.all(wanted.map((i) => this.chunk(i)));
    const all = new Map();
    for (const { bytes, places } of chunks) {
      for (const [key, place] of places) {
        if (!key.startsWith(char) || [...key].length > 2) continue;
        for (const [page, { pos, title }] of decode(bytes, place)) {
          const sum = all.get(page);
          if (sum) {
            sum.pos = sum.pos.concat(pos);
            sum.title += title;
          } else all.set(page, { pos, title });
        }
      }
    }
    for (const sum of all.values()) sum.pos.sort((a, b) => a - b);
    return all;
  }

  /** The fragment of a page: its address, title and text. */
  fragment(page) {
    return once(this.texts, page, async () =>
      JSON.parse(utf8.decode(await unpack(`${this.base}fragment/und_${this.hashes[page]}.pf_fragment`))),
    );
  }
}

/** Postings: pages as steps; positions as steps, a negative number setting the weight of those that follow (25 is plain). */
function decode(bytes, at) {
  const cbor = new Cbor(bytes, at);
  const pages = new Map();
  let page = 0;
  for (let n = cbor.head(); n--; ) {
    const parts = cbor.head();
    page += cbor.integer();
    const pos = [];
    let weight = 25;
    let last = 0;
    let title = 0;
    for (let k = cbor.head(); k--; ) {
      const value = cbor.integer();
      if (value < 0) {
        weight = -1 - value;
        last = 0;
      } else {
        last += value;
        pos.push(last);
        if (weight > 100) title++; // an h1 weighs 7 × 25
      }
    }
    for (let k = 2; k < parts; k++) cbor.skip();
    if (pos.length) pages.set(page, { pos: pos.sort((a, b) => a - b), title });
  }
  return pages;
}
