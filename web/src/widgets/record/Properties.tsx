import type { ReactNode } from 'react';

/** Names and values of a record; lines without a value are left out. */
export function Properties({ lines }: { lines: [name: string, value: ReactNode][] }) {
  const given = lines.filter(([, value]) => value !== null && value !== undefined && value !== false && value !== '');
  if (!given.length) return null;
  return (
    <dl className="properties">
      {given.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
