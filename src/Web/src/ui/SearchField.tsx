import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { SearchIcon } from './icons';

/** Searches once the typing pauses, so that not every letter asks the host. */
export function SearchField({ label, value, onSearch }: { label: string; value: string; onSearch: (text: string) => void }) {
  const [text, setText] = useState(value);
  const [asked, setAsked] = useState(value);
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    if (value !== asked) {
      // Not what was typed here: the way back, or a button that empties it.
      setAsked(value);
      setText(value);
    }
  }
  useEffect(() => {
    if (text === asked) return;
    const timer = setTimeout(() => {
      setAsked(text);
      onSearch(text);
    }, 250);
    return () => clearTimeout(timer);
  }, [text, asked, onSearch]);
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<SearchIcon />}
      value={text}
      onChange={(e) => setText(e.currentTarget.value)}
    />
  );
}
