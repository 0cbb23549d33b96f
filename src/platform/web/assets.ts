import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { builtFile } from '../package-root.js';
import { compressed, type Encoding } from './compression.js';

/** Files of ours beside the stylesheet, in `assets/`, and their types. A page asks for no others. */
const OWN = {
  'acts.js': 'text/javascript; charset=utf-8',
  'forms.js': 'text/javascript; charset=utf-8',
  'preview.js': 'text/javascript; charset=utf-8',
  'search.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const;

type OwnName = keyof typeof OWN;
const OWN_NAMES = Object.keys(OWN).filter((name): name is OwnName => name in OWN);

/** Every file that a page may ask for. */
export type AssetName = 'diarium.css' | 'inter.woff2' | OwnName;

const TYPES: Record<AssetName, string> = {
  ...OWN,
  'diarium.css': 'text/css; charset=utf-8',
  'inter.woff2': 'font/woff2',
};

/** Parts of Designsystemet that our pages use: all of it would be twice as much. */
const DESIGN_SYSTEM = [
  'skip-link', 'button', 'input', 'field', 'fieldset', 'label', 'validation-message', 'error-summary', 'heading',
  'paragraph', 'link', 'list', 'table', 'tag', 'badge', 'alert', 'details', 'divider', 'pagination',
]; // prettier-ignore

const FONT = '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2';
const QUALITY = { br: 9, gzip: 9 } as const;

/** A file as it is served. */
export class Asset {
  readonly type: string;
  /** Changes with the content, and is part of the address. */
  readonly hash: string;
  readonly href: string;
  private readonly packed = new Map<Encoding, Promise<Buffer>>();

  constructor(
    readonly name: AssetName,
    readonly body: Buffer,
  ) {
    this.type = TYPES[name];
    this.hash = createHash('sha256').update(body).digest('base64url').slice(0, 16);
    this.href = `/assets/${this.hash}/${name}`;
  }

  /** A font is compressed already. */
  get isText(): boolean {
    return this.name !== 'inter.woff2';
  }

  /** Compressed once, however many ask. */
  encoded(encoding: Encoding): Promise<Buffer> {
    const known = this.packed.get(encoding);
    if (known) return known;
    const packed = compressed(this.body, encoding, QUALITY[encoding]);
    this.packed.set(encoding, packed);
    return packed;
  }
}

const require = createRequire(import.meta.url);
const fromPackage = (path: string): string => readFileSync(require.resolve(path), 'utf8');
const own = (name: string): Buffer => readFileSync(builtFile(join('assets', name)));

/** One stylesheet: the theme, the parts of the design system in their layers, and our own above them. */
function stylesheet(font: Asset): Buffer {
  const part = (layer: string, css: string): string => `@layer ${layer}{${css}}`;
  const theme = fromPackage('@digdir/designsystemet-theme').replace(/^@charset "UTF-8";/, '');
  const css = [
    '@layer ds.theme,ds.base,ds.components;',
    theme.replace(/\n\s*/g, '\n'),
    part('ds.base', fromPackage('@digdir/designsystemet-css/base.css')),
    ...DESIGN_SYSTEM.map((name) => part('ds.components', fromPackage(`@digdir/designsystemet-css/${name}.css`))),
    own('diarium.css').toString('utf8').replace('inter.woff2', font.href),
    own('lists.css').toString('utf8'),
    own('arende.css').toString('utf8'),
  ];
  return Buffer.from(css.join('\n'));
}

function load(): ReadonlyMap<string, Asset> {
  const font = new Asset('inter.woff2', readFileSync(require.resolve(FONT)));
  const files = [
    font,
    new Asset('diarium.css', stylesheet(font)),
    ...OWN_NAMES.map((name) => new Asset(name, own(name))),
  ];
  return new Map(files.map((file) => [file.name, file]));
}

let loaded: ReadonlyMap<string, Asset> | undefined;

/** Read when the first page or file is asked for, so that a process without pages reads none. */
const files = (): ReadonlyMap<string, Asset> => (loaded ??= load());

export const findAsset = (name: string): Asset | undefined => files().get(name);

/** Where a page finds the file. */
export function assetHref(name: AssetName): string {
  const asset = findAsset(name);
  if (!asset) throw new Error(`no such asset: ${name}`);
  return asset.href;
}
