type Rgb = readonly [red: number, green: number, blue: number];
interface Oklch {
  lightness: number;
  chroma: number;
  hue: number;
}

// Lightness from paper to ink. The eighth carries white text, whatever the hue: see contrast.
const ladder = [0.975, 0.945, 0.9, 0.84, 0.77, 0.68, 0.58, 0.475, 0.4, 0.32];

/** Ten shades of one colour, light to dark; the eighth has a contrast of at least 4.5 with white. */
export function shadesOf(colour: string): string[] {
  const { chroma, hue } = toOklch(parse(colour));
  return ladder.map((lightness, step) => {
    // Pale and dark shades hold less colour; more of it would leave what a screen can show.
    const held = chroma * Math.min(1, step < 5 ? 0.12 + step * 0.17 : 1);
    let shade = { lightness, chroma: held, hue };
    while (step === 7 && contrast(toRgb(shade), [1, 1, 1]) < 4.6) {
      shade = { ...shade, lightness: shade.lightness - 0.01 };
    }
    return format(toRgb(shade));
  });
}

/** WCAG's contrast of two colours, 1 to 21. */
export function contrastOf(a: string, b: string): number {
  return contrast(parse(a), parse(b));
}

function contrast(a: Rgb, b: Rgb): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function parse(colour: string): Rgb {
  const number = Number.parseInt(colour.slice(1), 16);
  return [(number >> 16) / 255, ((number >> 8) & 255) / 255, (number & 255) / 255];
}

function format(colour: Rgb): string {
  return `#${colour
    .map((part) =>
      Math.round(Math.min(1, Math.max(0, part)) * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

function linear(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

function encoded(part: number): number {
  return part <= 0.0031308 ? part * 12.92 : 1.055 * Math.max(0, part) ** (1 / 2.4) - 0.055;
}

// Oklab: https://bottosson.github.io/posts/oklab/
function toOklch(colour: Rgb): Oklch {
  const [r, g, b] = colour.map(linear) as unknown as Rgb;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const x = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const y = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return { lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, chroma: Math.hypot(x, y), hue: Math.atan2(y, x) };
}

function toRgb({ lightness, chroma, hue }: Oklch): Rgb {
  const [x, y] = [chroma * Math.cos(hue), chroma * Math.sin(hue)];
  const l = (lightness + 0.3963377774 * x + 0.2158037573 * y) ** 3;
  const m = (lightness - 0.1055613458 * x - 0.0638541728 * y) ** 3;
  const s = (lightness - 0.0894841775 * x - 1.291485548 * y) ** 3;
  return [
    encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encoded(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}
