import { type CSSVariablesResolver, createTheme, defaultVariantColorsResolver, type MantineColorsTuple } from '@mantine/core';
import { shadesOf } from './accent';
import { settings } from './settings';

export const theme = createTheme({
  colors: { accent: shadesOf(settings.colour) as unknown as MantineColorsTuple },
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 4 },
  variantColorResolver: (input) => {
    const colours = defaultVariantColorsResolver(input);
    // Mantine decides by the light scheme alone.
    return input.variant === 'filled' ? { ...colours, color: 'var(--on-accent)' } : colours;
  },
  defaultRadius: 'sm',
  fontFamily: "'Source Sans 3 Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, Menlo, Consolas, monospace',
  headings: { fontFamily: "'Source Serif 4 Variable', Georgia, serif", fontWeight: '560' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
});

/** The page's own names, in src/ui/tokens.css, decide Mantine's colours, too. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: { '--mantine-line-height': '1.5' },
  light: {
    '--mantine-color-body': 'var(--page)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-quiet)',
    '--mantine-color-error': 'var(--bad)',
    '--mantine-color-placeholder': 'var(--ink-quiet)',
    '--mantine-color-default': 'var(--card)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-anchor': 'var(--accent-ink)',
  },
  dark: {
    '--mantine-color-body': 'var(--page)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-quiet)',
    '--mantine-color-error': 'var(--bad)',
    '--mantine-color-placeholder': 'var(--ink-quiet)',
    '--mantine-color-default': 'var(--card)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-anchor': 'var(--accent-ink)',
  },
});
