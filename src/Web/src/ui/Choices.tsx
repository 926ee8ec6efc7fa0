import styles from './Choices.module.css';

/** A few choices of which one holds, all in sight. */
export function Choices<Value extends string | undefined>({
  label,
  choices,
  value,
  onChoose,
}: {
  label: string;
  choices: readonly { value: Value; label: string }[];
  value: Value;
  onChoose: (value: Value) => void;
}) {
  return (
    <fieldset className={styles.choices} aria-label={label}>
      {choices.map((choice) => (
        <button key={choice.label} type="button" aria-pressed={choice.value === value} onClick={() => onChoose(choice.value)}>
          {choice.label}
        </button>
      ))}
    </fieldset>
  );
}
