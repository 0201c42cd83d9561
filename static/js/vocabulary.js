// The archive's words as a reader may type them: files beside the index, fetched only where nothing matches exactly.

const FILES = new Map();

/** A file of the vocabulary; never keeps a failure. */
function fetched(url) {
  if (!FILES.has(url)) {
    const promise = fetch(url).then((response) => {
      if (!response.ok) throw new Error(`${url}: ${response.status}`);
      return response.text();
    });
    promise.catch(() => FILES.delete(url));
    FILES.set(url, promise);
  }
  return FILES.get(url);
}

const HAN = /\p{Script=Han}/u;
export const isHan = (char) => HAN.test(char);

export class Vocabulary {
  constructor(base) {
    this.base = base;
  }

  /** {articles, shards, syllables}: how many articles, which files of words there are, the syllables in them. */
  async index() {
    if (!this.known) this.known = JSON.parse(await fetched(this.base + "index.json"));
    return this.known;
  }

  /** Every syllable with its characters, most frequent first, and every character with its syllables. */
  async sounds() {
    if (this.sounding) return this.sounding;
    const syllables = new Map();
    const readings = new Map();
    for (const line of (await fetched(this.base + "sounds.txt")).split("\n")) {
      const syllable = /^[a-z]*/.exec(line)[0];
      const chars = [...line.slice(syllable.length)];
      syllables.set(syllable, chars);
      for (const char of chars) readings.set(char, [...(readings.get(char) || []), syllable]);
    }
    return (this.sounding = { syllables, readings });
  }

  /** The text in simplified characters, as far as the archive has them. */
  async simplified(text) {
    if (!this.simpler) {
      const pairs = [...(await fetched(this.base + "traditional.txt"))];
      this.simpler = new Map();
      for (let i = 0; i + 1 < pairs.length; i += 2) this.simpler.set(pairs[i], pairs[i + 1]);
    }
    return Array.from(text, (char) => this.simpler.get(char) || char).join("");
  }

  /** The words whose first two syllables begin with these letters: [{sounds: [guo, fang], words: [[国防, 9], …]}]. */
  async lines(letters) {
    const { shards } = await this.index();
    const key = shards.includes(letters[0]) ? letters[0] : letters;
    if (!shards.includes(key)) return [];
    const text = await fetched(`${this.base}${key}.txt`);
    return text.split("\n").map((line) => {
      const [sounds, ...words] = line.split(/[\t ]/);
      const counted = [];
      for (let i = 0; i < words.length; i += 2) counted.push([words[i], Number(words[i + 1])]);
      return { sounds: sounds.split("'"), words: counted };
    });
  }

  /** The words among all pieces of a text of 汉字: Map word → in how many articles. */
  async wordsIn(text) {
    const chars = [...text];
    const { readings } = await this.sounds();
    const initials = (char) => new Set((readings.get(char) || []).map((syllable) => syllable[0]));
    const keys = new Set();
    for (let i = 0; i + 1 < chars.length; i++) {
      for (const a of initials(chars[i])) for (const b of initials(chars[i + 1])) keys.add(a + b);
    }
    const found = new Map();
    for (const lines of await Promise.all([...keys].map((key) => this.lines(key)))) {
      for (const { words } of lines) for (const [word, count] of words) if (text.includes(word)) found.set(word, count);
    }
    return found;
  }
}
