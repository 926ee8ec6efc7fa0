import { expect, test } from 'vitest';
import { contrastOf, shadesOf } from './accent';

test.each(['#245c4f', '#0b57d0', '#ffd400', '#ff0000', '#00ff00', '#000000', '#ffffff', '#7a7a7a'])(
  'white text can be read on the eighth shade of %s',
  (colour) => {
    const shades = shadesOf(colour);

    expect(shades).toHaveLength(10);
    expect(contrastOf(shades[7] as string, '#ffffff')).toBeGreaterThanOrEqual(4.5);
  },
);

test('the fourth shade can be read on the dark page', () => {
  expect(contrastOf(shadesOf('#245c4f')[3] as string, '#161614')).toBeGreaterThan(7);
});

test('black and white are as far apart as it gets', () => {
  expect(contrastOf('#000000', '#ffffff')).toBe(21);
});
