type Many = Intl.LDMLPluralRule;

/** The texts of a feature in the language that the reader prefers among those that there are; English when there is none. */
export function texts<T>(languages: { en: T } & Record<string, T>): T {
  const wanted = navigator.languages.map((tag) => tag.split('-')[0] as string).find((tag) => tag in languages) ?? 'en';
  document.documentElement.lang = wanted;
  return languages[wanted] as T;
}

const rules = new Intl.PluralRules('en');

/** "1 invoice", "2 invoices": the number stands for #. */
export function plural(count: number, forms: Partial<Record<Many, string>> & { other: string }): string {
  return (forms[rules.select(count)] ?? forms.other).replace('#', count.toLocaleString());
}
