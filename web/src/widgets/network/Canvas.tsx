import { useEffect, useRef } from 'react';
import { useWords } from '../../i18n';
import type { Dot, Place, Tie } from './graph';
import './network.css';
import { save } from './picture';
import { type Deeds, Stage } from './stage';

interface Props extends Deeds {
  dots: Dot[];
  ties: Tie[];
  pins: Map<string, Place>;
  selected?: string;
  /** Names of the files that can be saved, without their endings. */
  name: string;
}

/** A network on a canvas: wheel to zoom, drag to move, click to choose. The table beside it says the same in words. */
export default function Canvas({ dots, ties, pins, selected, name, onSelect, onOpen, onPin }: Props) {
  const { t } = useWords();
  const host = useRef<HTMLDivElement>(null);
  const stage = useRef<Stage>(undefined);

  useEffect(() => {
    stage.current = new Stage(host.current!, { onSelect() {} });
    return () => stage.current?.kill();
  }, []);
  useEffect(() => stage.current?.heed({ onSelect, onOpen, onPin }));
  useEffect(() => stage.current?.show(dots, ties, pins), [dots, ties, pins]);
  useEffect(() => stage.current?.choose(selected), [selected]);

  return (
    <div className="canvas">
      <div ref={host} className="canvas-host" role="img" aria-label={t('network.canvas')} />
      <div className="line">
        <button type="button" aria-label={t('canvas.nearer')} onClick={() => stage.current?.view('nearer')}>
          +
        </button>
        <button type="button" aria-label={t('canvas.farther')} onClick={() => stage.current?.view('farther')}>
          −
        </button>
        <button type="button" onClick={() => stage.current?.view('whole')}>
          {t('canvas.whole')}
        </button>
        <span className="spring" />
        <button type="button" onClick={() => stage.current?.png((blob) => save(`${name}.png`, blob))}>
          PNG
        </button>
        <button type="button" onClick={() => save(`${name}.svg`, new Blob([stage.current!.svg()], { type: 'image/svg+xml' }))}>
          SVG
        </button>
        <button type="button" onClick={() => save(`${name}.gexf`, new Blob([stage.current!.gexf()], { type: 'application/xml' }))}>
          GEXF
        </button>
      </div>
    </div>
  );
}
