// In this order: each names those after it, too, to pass for them.
const browsers: [name: string, mark: RegExp][] = [
  ['Edge', /Edg(e|A|iOS)?\//],
  ['Opera', /OPR\//],
  ['Samsung Internet', /SamsungBrowser\//],
  ['Firefox', /(Firefox|FxiOS)\//],
  ['Chrome', /(Chrome|CriOS)\//],
  ['Safari', /Safari\//],
];

const systems: [name: string, mark: RegExp][] = [
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Android', /Android/],
  ['Windows', /Windows/],
  ['macOS', /Macintosh/],
  ['Linux', /Linux/],
];

/** "Firefox, Windows": what a person calls what they sit in front of; undefined for anything else. */
export function browserOf(userAgent: string): string | undefined {
  const found = [browsers, systems].map((list) => list.find(([, mark]) => mark.test(userAgent))?.[0]);
  return found.filter(Boolean).join(', ') || undefined;
}
