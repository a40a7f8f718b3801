import { Link } from 'wouter';
import { graphql } from '../../gql';
import type { SpanFragment } from '../../gql/graphql';
import { useWords } from '../../i18n';
import { sentence } from '../../routes';
import './source.css';

graphql(`
  fragment Span on SourceSpan {
    field
    start
    end
    quote
    method
    confirmed
    document {
      id
    }
  }
`);

/** Whether a fact was concluded from others: it has sources, and none of them states it. */
export const isDerived = (sources: Pick<SpanFragment, 'method'>[]): boolean =>
  sources.length > 0 && sources.every(({ method }) => method === 'DERIVED');

/** A link to each sentence that states a fact, and a word on how the fact came about unless it was simply read there. */
export function Source({ sources, field }: { sources: SpanFragment[]; field?: string }) {
  const { t } = useWords();
  const spans = sources.filter((span) => field === undefined || span.field === field);
  const stated = distinct(spans.filter((span) => span.end > span.start)).slice(0, 3);
  return (
    <span className="sources">
      {'\u2060' /* keeps the mark on the line of the word before it */}
      {stated.map((span, i) => (
        <Link
          key={`${span.document.id} ${span.start} ${span.end}`}
          href={sentence(span.document.id, span.start, span.end)}
          className="source"
          title={t('source.quote', { quote: shorten(span.quote) })}
          aria-label={`${t('source.open')}${stated.length > 1 ? ` ${i + 1}` : ''}`}
        >
          ¶
        </Link>
      ))}
      <Manner sources={spans} />
    </span>
  );
}

/** Spans at different places: one sentence may state several fields. */
function distinct(spans: SpanFragment[]): SpanFragment[] {
  return [...new Map(spans.map((span) => [`${span.document.id} ${span.start} ${span.end}`, span])).values()];
}

/** Says that a fact is derived, entered by hand or imported. What was read from the text by rule needs no word. */
export function Manner({ sources }: { sources: Pick<SpanFragment, 'method'>[] }) {
  const { t } = useWords();
  if (isDerived(sources)) {
    return (
      <abbr className="manner derived-mark" title={t('derived.title')}>
        {t('derived.label')}
      </abbr>
    );
  }
  const method = sources[0]?.method;
  if (method !== 'HUMAN' && method !== 'IMPORT') return null;
  const name = method === 'HUMAN' ? 'human' : 'import';
  return (
    <abbr className="manner" title={t(`${name}.title`)}>
      {t(`${name}.label`)}
    </abbr>
  );
}

function shorten(quote: string): string {
  const characters = [...quote.replace(/\s+/g, ' ')];
  return characters.length > 120 ? `${characters.slice(0, 119).join('')}…` : characters.join('');
}
