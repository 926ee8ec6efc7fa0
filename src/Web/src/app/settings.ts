/** What the host writes into the page: asking for it would cost a round trip before anything can be shown. */
interface PortalSettings {
  organisation: string;
  /** The path below which the portal lives; ends with a slash. */
  base: string;
  /** Whether there is a logo at `logo`. */
  logo: boolean;
  /** The organisation's colour, #rrggbb. */
  colour: string;
}

const inDevelopment: PortalSettings = { organisation: 'Client Portal', base: '/', logo: false, colour: '#245c4f' };

export const settings = read();

/** What style elements must carry: the page allows no others. */
export const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';

function read(): PortalSettings {
  const text = document.getElementById('settings')?.textContent ?? '';
  return text.startsWith('{{') ? inDevelopment : (JSON.parse(text) as PortalSettings);
}
