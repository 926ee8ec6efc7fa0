import { Button } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';

/** A link that looks like a button. */
export const LinkButton = createLink((props: ComponentProps<typeof Button<'a'>>) => <Button {...props} component="a" />);
