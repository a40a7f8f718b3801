import Graph from 'graphology';
import { write as writeGexf } from 'graphology-gexf/browser';
import forceAtlas2 from 'graphology-layout-forceatlas2';
import LayoutWorker from 'graphology-layout-forceatlas2/worker';
import { useEffect, useRef } from 'react';
import Sigma from 'sigma';
import { useWords } from '../../i18n';
import { type Dot, radius, startingPlace, type Tie } from './graph';
import './network.css';

interface Props {
  dots: Dot[];
  ties: Tie[];
  selected?: string;
  onSelect(id: string | undefined): void;
}

const groups = 8;
const layoutTime = 4000;

/** Resolves the colours of the page, which differ between light and dark, for a canvas that knows no CSS. */
function colours(host: HTMLElement): (name: string) => string {
  const probe = host.appendChild(document.createElement('span'));
  return (name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
}

/** A network on a canvas: wheel to zoom, drag to move, click to choose. The table beside it says the same in words. */
export default function Canvas({ dots, ties, selected, onSelect }: Props) {
  const { t } = useWords();
  const host = useRef<HTMLDivElement>(null);
  const shown = useRef<{ sigma: Sigma; graph: Graph }>(undefined);
  const chosen = useRef(selected);

  useEffect(() => {
    const place = host.current!;
    const colour = colours(place);
    const graph = new Graph({ type: 'undirected' });
    const most = Math.max(...dots.map(({ weight }) => weight), 1);
    dots.forEach(({ id, label, weight, group }, i) => {
      graph.addNode(id, { label, size: radius(weight, most), group, color: colour(`--part-${group % groups}`), ...startingPlace(i, group) });
    });
    const heaviest = Math.max(...ties.map(({ weight }) => weight), 1);
    for (const { from, to, weight } of ties) {
      if (from === to || !graph.hasNode(from) || !graph.hasNode(to) || graph.hasEdge(from, to)) continue;
      graph.addEdge(from, to, { weight, size: 0.5 + (3 * weight) / heaviest, color: colour('--rule') });
    }
    const ink = colour('--ink');
    const faint = colour('--rule');
    const strong = colour('--rule-strong');
    let hovered: string | undefined;
    const sigma = new Sigma(graph, place, {
      allowInvalidContainer: true,
      labelColor: { color: ink },
      labelFont: 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
      labelRenderedSizeThreshold: 7,
      // Whatever is not next to the node in question steps back.
      nodeReducer: (node, data) => {
        const centre = hovered ?? chosen.current;
        if (!centre || !graph.hasNode(centre) || node === centre || graph.areNeighbors(node, centre)) return data;
        return { ...data, color: faint, label: null };
      },
      edgeReducer: (edge, data) => {
        const centre = hovered ?? chosen.current;
        if (!centre || !graph.hasNode(centre)) return data;
        return graph.hasExtremity(edge, centre) ? { ...data, color: strong, zIndex: 1 } : { ...data, hidden: true };
      },
    });
    sigma.on('enterNode', ({ node }) => {
      hovered = node;
      sigma.refresh({ skipIndexation: true });
    });
    sigma.on('leaveNode', () => {
      hovered = undefined;
      sigma.refresh({ skipIndexation: true });
    });
    sigma.on('clickNode', ({ node }) => onSelect(node));
    sigma.on('clickStage', () => onSelect(undefined));
    const layout = new LayoutWorker(graph, { settings: { ...forceAtlas2.inferSettings(graph), gravity: 0.3, linLogMode: true, adjustSizes: true } });
    layout.start();
    const stop = setTimeout(() => layout.stop(), layoutTime);
    shown.current = { sigma, graph };
    return () => {
      clearTimeout(stop);
      layout.kill();
      sigma.kill();
      place.replaceChildren();
    };
    // A new choice is drawn by the effect below, without a new layout.
  }, [dots, ties, onSelect]);

  useEffect(() => {
    chosen.current = selected;
    shown.current?.sigma.refresh({ skipIndexation: true });
  }, [selected]);

  const save = (name: string, blob: Blob) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  const savePicture = () => {
    const { sigma } = shown.current!;
    sigma.refresh();
    const layers = Object.values(sigma.getCanvases());
    const picture = document.createElement('canvas');
    picture.width = layers[0]?.width ?? 0;
    picture.height = layers[0]?.height ?? 0;
    const context = picture.getContext('2d')!;
    context.fillStyle = getComputedStyle(document.body).backgroundColor;
    context.fillRect(0, 0, picture.width, picture.height);
    for (const layer of layers) context.drawImage(layer, 0, 0);
    picture.toBlob((blob) => blob && save('network.png', blob));
  };
  return (
    <div className="canvas">
      <div ref={host} className="canvas-host" role="img" aria-label={t('network.canvas')} />
      <p className="line">
        <button type="button" onClick={savePicture}>
          PNG
        </button>
        <button type="button" onClick={() => save('network.gexf', new Blob([writeGexf(shown.current!.graph)], { type: 'application/xml' }))}>
          GEXF
        </button>
      </p>
    </div>
  );
}
