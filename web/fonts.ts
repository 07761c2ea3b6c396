import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const require = createRequire(import.meta.url);

/** The published types lack some of these options. */
const subset = require('subset-font') as (
  font: Buffer,
  letters: string,
  options: {
    targetFormat: 'truetype' | 'woff2';
    keepFeatures: string[];
    noHinting?: boolean;
    variationAxes?: Record<string, { min: number; max: number }>;
  },
) => Promise<Buffer>;

type Font = {
  family: string;
  package: string;
  file: string;
  weight: string;
  stretch?: string;
  range: string;
};

/** The axes as far as styles use them; `b` and `strong` are 700. */
const sans = {
  family: 'IBM Plex Sans Variable',
  package: '@fontsource-variable/ibm-plex-sans',
  weight: '400 700',
  stretch: '75% 100%',
};

/**
 * A file for each set of letters, so that a page fetches those it shows. Latin is what English needs, Latin Extended what
 * the other languages of Europe add; codes are the only text in Mono.
 */
const fonts: Record<string, Font> = {
  latin: {
    ...sans,
    file: 'ibm-plex-sans-latin-wdth-normal.woff2',
    range:
      'U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD',
  },
  'latin-ext': {
    ...sans,
    file: 'ibm-plex-sans-latin-ext-wdth-normal.woff2',
    range: 'U+0100-0130, U+0132-0151, U+0154-017F, U+0218-021B, U+02C7, U+02D8-02D9, U+02DB, U+02DD, U+1E9E',
  },
  'latin-rare': {
    ...sans,
    file: 'ibm-plex-sans-latin-ext-wdth-normal.woff2',
    range:
      'U+0180-0217, U+021C-02BA, U+02BD-02C5, U+02C8-02CC, U+02CE-02D7, U+02DE-02FF, U+1E00-1E9D, U+1E9F, U+1EF2-1EFF, U+20A0-20AB, U+20AD-20C0, U+2113, U+2C60-2C7F',
  },
  cyrillic: {
    ...sans,
    file: 'ibm-plex-sans-cyrillic-wdth-normal.woff2',
    range: 'U+0301, U+0400-045F, U+0490-0491, U+04B0-04B1, U+2116',
  },
  mono: {
    family: 'IBM Plex Mono',
    package: '@fontsource/ibm-plex-mono',
    file: 'ibm-plex-mono-latin-500-normal.woff2',
    weight: '500',
    range: 'U+0000-00FF, U+2000-206F, U+2212',
  },
};

/** What browsers apply by default, and figures of one width, which tables use. */
const features = ['calt', 'ccmp', 'clig', 'kern', 'liga', 'locl', 'mark', 'mkmk', 'rlig', 'rvrn', 'tnum'];

/**
 * Writes fonts with only the letters, weights and widths that pages use, and their `@font-face` rules, before Vite
 * resolves anything. Does nothing when they are made from the same packages already.
 */
export function fontSubsets(): Plugin {
  return {
    name: 'font-subsets',
    async config() {
      const folder = join(import.meta.dirname, '.svelte-kit/fonts');
      const stampFile = join(folder, 'made-from');
      const stamp = madeFrom();
      if (readIfThere(stampFile) === stamp) return;
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      for (const [name, font] of Object.entries(fonts)) {
        writeFileSync(join(folder, `${name}.woff2`), await subsetOf(font));
      }
      const rules = Object.entries(fonts).map(([name, font]) => rule(name, font));
      writeFileSync(join(folder, 'fonts.css'), rules.join('\n'));
      writeFileSync(stampFile, stamp);
    },
  };
}

async function subsetOf({ package: from, file, range, weight, stretch }: Font): Promise<Buffer> {
  const [minWeight = 0, maxWeight = minWeight] = numbersIn(weight);
  const [minWidth = 0, maxWidth = minWidth] = numbersIn(stretch ?? '');
  const letters = lettersOf(range);
  const small = await subset(readFileSync(require.resolve(`${from}/files/${file}`)), letters, {
    targetFormat: 'truetype',
    keepFeatures: features,
    noHinting: true,
    ...(stretch && {
      variationAxes: { wght: { min: minWeight, max: maxWeight }, wdth: { min: minWidth, max: maxWidth } },
    }),
  });
  keepFromAutohinter(small);
  return subset(small, letters, { targetFormat: 'woff2', keepFeatures: features });
}

/**
 * Sets `maxSizeOfInstructions` in the table `maxp`: where a browser hints, FreeType would hint a font without
 * instructions by itself, which makes its letters wider.
 */
function keepFromAutohinter(font: Buffer): void {
  const tables = font.readUInt16BE(4);
  for (let at = 12; at < 12 + tables * 16; at += 16) {
    if (font.toString('latin1', at, at + 4) === 'maxp') font.writeUInt16BE(1, font.readUInt32BE(at + 8) + 26);
  }
}

const rule = (name: string, { family, weight, stretch, range }: Font): string => `@font-face {
  font-family: '${family}';
  font-style: normal;
  font-display: swap;
  font-weight: ${weight};${stretch ? `\n  font-stretch: ${stretch};` : ''}
  src: url('./${name}.woff2') format('woff2');
  unicode-range: ${range};
}
`;

const numbersIn = (text: string): number[] => (text.match(/\d+/g) ?? []).map(Number);

/** Returns every character of a `unicode-range`. */
function lettersOf(range: string): string {
  return range
    .split(', ')
    .flatMap((part) => {
      const [first = 0, last = first] = part
        .slice(2)
        .split('-')
        .map((hex) => parseInt(hex, 16));
      return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));
    })
    .join('');
}

/** Returns a hash of this file and of the packages' descriptions, which name their versions. */
function madeFrom(): string {
  const hash = createHash('sha256').update(readFileSync(import.meta.filename));
  const packages = Object.values(fonts).map((font) => font.package);
  for (const name of new Set([...packages, 'subset-font'])) {
    hash.update(readFileSync(join(import.meta.dirname, '../node_modules', name, 'package.json')));
  }
  return hash.digest('hex');
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
