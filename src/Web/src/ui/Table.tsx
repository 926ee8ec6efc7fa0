import type { ReactNode } from 'react';
import styles from './Table.module.css';

export interface Column<Row> {
  head: string;
  cell: (row: Row) => ReactNode;
  /** Where it stands on a narrow screen: title and figure on the first line, note and state on the second. */
  place: 'title' | 'figure' | 'note' | 'state' | 'wideOnly';
  /** Figures stand at the right, digit under digit. */
  figure?: boolean;
}

interface TableProps<Row> {
  /** Read out, not shown. */
  caption: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
}

/** Rows and columns; on a narrow screen each row becomes two lines. A link in the title is as large as its row. */
export function Table<Row>({ caption, columns, rows, keyOf }: TableProps<Row>) {
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.head} scope="col" className={column.figure ? styles.right : ''}>
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map((column) => (
              <td key={column.head} data-head={column.head} className={`${styles[column.place]} ${column.figure ? styles.right : ''}`}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
