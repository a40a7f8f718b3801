import { useLocation } from 'wouter';
import type { FacetKeyFragment } from '../../gql/graphql';
import { useWords } from '../../i18n';
import { keyLabel } from '../list/Facets';
import './figure.css';
import { Matrix } from './Matrix';
import { type Group, others, pivot } from './pivot';

interface Props {
  title: string;
  /** Groups by what the bars are stacked of, then by what they stand along, such as outcome and year. */
  groups: Group[];
  partType?: string;
  href(part: FacetKeyFragment, bar?: FacetKeyFragment): string | undefined;
}

const width = 640;
const height = 220;
const foot = 24;

/** Stacked bars along one dimension, with a legend and the same counts as a table. */
export function Bars({ title, groups, partType, href }: Props) {
  const words = useWords();
  const [, navigate] = useLocation();
  const { rows: parts, columns: bars, count } = pivot(groups, 8);
  if (!parts.length) return <p className="quiet">{words.t('section.nothing')}</p>;
  const highest = Math.max(...bars.map((bar) => parts.reduce((sum, part) => sum + count(part, bar), 0)));
  const step = width / bars.length;
  const thick = Math.min(step * 0.7, 64);
  const scale = (n: number) => (n / highest) * (height - foot - 30);
  const follow = (to: string | undefined) => (event: React.MouseEvent) => {
    if (!to || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    navigate(to);
  };
  return (
    <figure className="bars">
      <svg viewBox={`0 0 ${width} ${height}`} role="group" aria-label={title}>
        <line x1="0" x2={width} y1={height - foot} y2={height - foot} className="axis" />
        {bars.map((bar, i) => {
          let top = height - foot;
          const x = step * i + (step - thick) / 2;
          return (
            <g key={bar.key.value ?? ''}>
              {parts.map((part, p) => {
                const n = count(part, bar);
                if (!n) return null;
                const tall = scale(n);
                top -= tall;
                const to = part.key.dimension === others ? undefined : href(part.key, bar.key);
                const label = `${keyLabel(part.key, partType, words)}, ${keyLabel(bar.key, undefined, words)}: ${words.number(n)}`;
                const block = (
                  <rect x={x} y={top} width={thick} height={tall} className={`part part-${p}`}>
                    <title>{label}</title>
                  </rect>
                );
                return to ? (
                  <a key={part.key.value ?? ''} href={to} onClick={follow(to)} aria-label={label}>
                    {block}
                  </a>
                ) : (
                  <g key={part.key.value ?? ''}>{block}</g>
                );
              })}
              <text x={x + thick / 2} y={top - 4} className="bar-total" aria-hidden="true">
                {words.number(bar.total)}
              </text>
              <text x={x + thick / 2} y={height - 6} className="bar-name" aria-hidden="true">
                {keyLabel(bar.key, undefined, words)}
              </text>
            </g>
          );
        })}
      </svg>
      <figcaption>
        <ul className="legend">
          {parts.map((part, p) => (
            <li key={part.key.value ?? ''}>
              <span className={`swatch swatch-${p}`} aria-hidden="true" />
              {keyLabel(part.key, partType, words)} <span className="count">{words.number(part.total)}</span>
            </li>
          ))}
        </ul>
      </figcaption>
      <details>
        <summary>{words.t('figures.table')}</summary>
        <Matrix title={title} groups={groups} rowType={partType} href={href} />
      </details>
    </figure>
  );
}
