import { memo, useEffect, useMemo, useRef } from 'react';
import { codeUnits, cut, paragraphs, type Stretch } from './offsets';
import type { Fact } from './facts';
import './text.css';

interface Props {
  text: string;
  facts: Fact[];
  /** The stretch to mark, in code points. */
  at: Stretch | null;
  onChoose(fact: Fact): void;
}

/**
 * The text of minutes, with a line under every stretch that states a fact and one stretch marked. The list of facts beside it
 * does the same by keyboard, so the stretches themselves take the pointer only.
 */
export const MinutesText = memo(function MinutesText({ text, facts, at, onChoose }: Props) {
  const article = useRef<HTMLDivElement>(null);
  const toUnits = useMemo(() => codeUnits(text), [text]);
  const placed = useMemo(
    () => facts.map((fact, index) => ({ fact, index, mark: false, start: toUnits(fact.start), end: toUnits(fact.end) })),
    [facts, toUnits],
  );
  const marked = useMemo(() => (at ? { mark: true, start: toUnits(at.start), end: toUnits(at.end) } : null), [at, toUnits]);
  const blocks = useMemo(() => paragraphs(text), [text]);
  const start = marked?.start;
  const end = marked?.end;

  useEffect(() => {
    const first = article.current?.querySelector('mark');
    if (!first) return;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    first.scrollIntoView?.({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
  }, [start, end]);

  const choose = (event: React.MouseEvent) => {
    const index = (event.target as HTMLElement).closest<HTMLElement>('[data-fact]')?.dataset.fact;
    const fact = index === undefined ? undefined : facts[Number(index)];
    if (fact && getSelection()?.isCollapsed !== false) onChoose(fact);
  };

  return (
    <div className="minutes-text" lang="zh-CN" ref={article} onClick={choose}>
      {blocks.map((block) => (
        <p key={block.start}>
          {cut<Stretch & { mark: boolean; fact?: Fact; index?: number }>(
            text,
            marked ? [...placed, marked] : placed,
            block.start,
            block.end,
          ).map((piece) => {
            const { fact, index } = piece.facts.find((f) => f.fact) ?? {};
            const content = piece.facts.some((f) => f.mark) ? <mark>{piece.text}</mark> : piece.text;
            if (!fact) {
              return (
                <span key={piece.start} data-at={piece.start}>
                  {content}
                </span>
              );
            }
            return (
              <span
                key={piece.start}
                className={`fact fact-${fact.kind}${fact.derived ? ' fact-derived' : ''}`}
                data-at={piece.start}
                data-fact={index}
              >
                {content}
              </span>
            );
          })}
        </p>
      ))}
    </div>
  );
});
