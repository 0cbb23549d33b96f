const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Headless)?Chrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:iPhone|iPad)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

const first = (list: readonly (readonly [RegExp, string])[], text: string): string | undefined =>
  list.find(([shape]) => shape.test(text))?.[1];

/** `Firefox på Windows`, as far as the browser says so. */
export function browserInWords(userAgent: string | null): string {
  const browser = first(BROWSERS, userAgent ?? '') ?? 'Okänd webbläsare';
  const system = first(SYSTEMS, userAgent ?? '');
  return system === undefined ? browser : `${browser} på ${system}`;
}
