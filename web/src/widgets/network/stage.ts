import Graph from 'graphology';
import { write as writeGexf } from 'graphology-gexf/browser';
import LayoutWorker from 'graphology-layout-forceatlas2/worker';
import Sigma from 'sigma';
import { besides, type Dot, drift, type Place, radius, startingPlace, type Tie } from './graph';
import { svgOf } from './picture';
import { type Motion, pointsOf } from './points';

const groups = 8;
/** A layout that has not come to rest after so many milliseconds is stopped. */
const longest = 15_000;

/** For so many milliseconds after its last step a view counts as moving. */
const settles = 150;

/** What the reader does on the canvas. */
export interface Deeds {
  /** A dot was clicked, or the empty canvas. */
  onSelect(id: string | undefined): void;
  /** The dot that was chosen already was clicked again. */
  onOpen?(id: string): void;
  /** A dot was dragged to a place. */
  onPin?(id: string, place: Place): void;
}

/**
 * A network on a canvas of WebGL, laid out in a worker. It keeps what is drawn where it is when dots come or go, so that
 * a reader who opens a dot does not lose the others.
 */
export class Stage {
  private readonly graph = new Graph({ type: 'undirected' });
  private readonly sigma: Sigma;
  private readonly calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  private readonly probe: HTMLElement;
  private readonly themes: MutationObserver;
  private readonly dark = matchMedia('(prefers-color-scheme: dark)');
  private layout: LayoutWorker | undefined;
  private stop: ReturnType<typeof setTimeout> | undefined;
  private settled: ReturnType<typeof setTimeout> | undefined;
  private readonly motion: Motion = { moving: false };
  private hovered: string | undefined;
  private chosen: string | undefined;
  private dragged: { id: string; moved: boolean } | undefined;
  private colours: Record<string, string> = {};

  constructor(
    private readonly host: HTMLElement,
    private deeds: Deeds,
  ) {
    this.probe = host.appendChild(document.createElement('span'));
    this.readColours();
    this.sigma = new Sigma(this.graph, host, {
      allowInvalidContainer: true,
      labelColor: { color: this.colours.ink! },
      labelFont: 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
      labelRenderedSizeThreshold: 4,
      zIndex: true,
      nodeProgramClasses: { circle: pointsOf(this.motion) },
      // Whatever is not next to the dot in question steps back.
      nodeReducer: (node, data) => {
        const centre = this.centre();
        const own = { ...data, color: this.colours[`part-${(data.group as number) % groups}`]! };
        if (!centre || node === centre || this.graph.areNeighbors(node, centre)) {
          return node === centre ? { ...own, highlighted: true, zIndex: 2 } : { ...own, zIndex: 1 };
        }
        return { ...own, color: this.colours.faint!, label: null, zIndex: 0 };
      },
      edgeReducer: (edge, data) => {
        const centre = this.centre();
        const own = { ...data, color: data.strong ? this.colours.accent! : this.colours.faint! };
        if (!centre) return own;
        return this.graph.hasExtremity(edge, centre) ? { ...own, color: data.strong ? own.color : this.colours.strong!, zIndex: 1 } : { ...own, hidden: !data.strong };
      },
      // The plate behind a highlighted name is white unless it is drawn here.
      defaultDrawNodeHover: (context, data, settings) => {
        const size = settings.labelSize;
        context.font = `${settings.labelWeight} ${size}px ${settings.labelFont}`;
        const label = data.label ?? '';
        context.fillStyle = this.colours.paper!;
        context.strokeStyle = this.colours.strong!;
        context.beginPath();
        context.roundRect(data.x - data.size - 3, data.y - size / 2 - 5, data.size * 2 + 12 + context.measureText(label).width, size + 10, 4);
        context.fill();
        context.stroke();
        context.fillStyle = this.colours.ink!;
        context.fillText(label, data.x + data.size + 3, data.y + size / 3);
      },
    });
    this.listen();
    this.themes = new MutationObserver(this.recolour);
    this.themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    this.dark.addEventListener('change', this.recolour);
  }

  /** Takes other deeds, as a page that is drawn anew has them. */
  heed(deeds: Deeds) {
    this.deeds = deeds;
  }

  /** Chooses a dot, or none. */
  choose(id: string | undefined) {
    this.chosen = id;
    this.sigma.refresh({ skipIndexation: true });
  }

  /** Draws these dots and ties in place of what is there. */
  show(dots: Dot[], ties: Tie[], pins: Map<string, Place>) {
    const { graph } = this;
    const wanted = new Set(dots.map(({ id }) => id));
    let changed = false;
    for (const id of graph.filterNodes((node) => !wanted.has(node))) {
      graph.dropNode(id);
      changed = true;
    }
    const beside = new Map<string, string>();
    for (const { from, to } of ties) {
      if (graph.hasNode(from) && !graph.hasNode(to)) beside.set(to, from);
      if (graph.hasNode(to) && !graph.hasNode(from)) beside.set(from, to);
    }
    const most = Math.max(...dots.map(({ weight }) => weight), 1);
    dots.forEach(({ id, label, weight, group }, i) => {
      const pin = pins.get(id);
      const look = { label: pin ? `${label} ⊙` : label, size: radius(weight, most, dots.length), group, fixed: Boolean(pin), ...pin };
      if (graph.hasNode(id)) {
        if (graph.getNodeAttribute(id, 'fixed') !== look.fixed) changed = true;
        graph.mergeNodeAttributes(id, look);
        return;
      }
      const next = beside.get(id);
      graph.addNode(id, { ...(next ? besides(graph.getNodeAttributes(next) as Place, i) : startingPlace(i, group)), ...look });
      changed = true;
    });
    changed = this.tie(ties) || changed;
    // Lines cost most to draw: while the view of a large network moves, the dots alone show the way.
    this.sigma.setSetting('hideEdgesOnMove', graph.size > 1500);
    if (changed) this.arrange();
    else this.sigma.refresh();
  }

  private tie(ties: Tie[]): boolean {
    const { graph } = this;
    const heaviest = Math.max(...ties.map(({ weight }) => weight), 1);
    const wanted = new Map<string, Tie>();
    for (const tie of ties) {
      if (tie.from === tie.to || !graph.hasNode(tie.from) || !graph.hasNode(tie.to)) continue;
      const key = [tie.from, tie.to].sort().join(' ');
      const known = wanted.get(key);
      wanted.set(key, known ? { ...known, weight: Math.max(known.weight, tie.weight), strong: known.strong || tie.strong } : tie);
    }
    let changed = false;
    for (const edge of graph.filterEdges((key) => !wanted.has(key))) {
      graph.dropEdge(edge);
      changed = true;
    }
    for (const [key, { from, to, weight, strong }] of wanted) {
      const look = { weight, strong, size: strong ? 3 : 0.5 + (2.5 * weight) / heaviest };
      if (graph.hasEdge(key)) graph.mergeEdgeAttributes(key, look);
      else graph.addEdgeWithKey(key, from, to, look);
      changed ||= !graph.hasEdge(key);
    }
    return changed;
  }

  /** Lays the network out, in a worker; a reader who wants no motion sees the result only. */
  private arrange() {
    this.layout?.kill();
    clearTimeout(this.stop);
    const { order } = this.graph;
    if (order < 2) return;
    const moved = this.calm ? this.graph.copy() : this.graph;
    // Strong gravity keeps parts that nothing ties together on one sheet; attraction is shared out so that people of one meeting
    // do not fall on a heap.
    const settings = {
      strongGravityMode: true,
      gravity: 0.1,
      scalingRatio: 50,
      outboundAttractionDistribution: this.graph.size > 5 * order,
      edgeWeightInfluence: 0,
      slowDown: 1,
      barnesHutOptimize: order > 400,
    };
    const layout = new LayoutWorker(moved, { settings });
    this.layout = layout;
    layout.start();
    const began = Date.now();
    let before = spots(moved);
    const look = () => {
      const now = spots(moved);
      // A slow machine gets the time it needs, a fast one is not kept busy.
      if (drift(before, now) > 0.004 && Date.now() - began < longest) {
        before = now;
        this.stop = setTimeout(look, 400);
        return;
      }
      layout.stop();
      if (moved !== this.graph) this.settle(moved);
    };
    this.stop = setTimeout(look, 800);
  }

  /** Takes over the places that another graph was laid out with. */
  private settle(moved: Graph) {
    this.graph.updateEachNodeAttributes((id, own) => {
      if (own.fixed || !moved.hasNode(id)) return own;
      const { x, y } = moved.getNodeAttributes(id) as Place;
      return { ...own, x, y };
    });
  }

  private centre(): string | undefined {
    const id = this.hovered ?? this.chosen;
    return id !== undefined && this.graph.hasNode(id) ? id : undefined;
  }

  private listen() {
    const { sigma } = this;
    sigma.getCamera().on('updated', () => {
      this.motion.moving = true;
      clearTimeout(this.settled);
      this.settled = setTimeout(() => {
        this.motion.moving = false;
        sigma.scheduleRender();
      }, settles);
    });
    // What passes below the pointer while the view moves is not meant, and every look at it costs a drawing of all.
    const over = (id: string | undefined) => {
      if (id === this.hovered || (id && this.motion.moving)) return;
      this.hovered = id;
      this.host.style.cursor = id ? 'pointer' : '';
      if (id) this.host.dataset.over = id;
      else delete this.host.dataset.over;
      sigma.refresh({ skipIndexation: true });
    };
    sigma.on('enterNode', ({ node }) => over(node));
    sigma.on('leaveNode', () => over(undefined));
    sigma.on('downNode', ({ node }) => {
      this.dragged = { id: node, moved: false };
      if (!sigma.getCustomBBox()) sigma.setCustomBBox(sigma.getBBox());
    });
    sigma.on('moveBody', ({ event }) => {
      if (!this.dragged || !this.deeds.onPin) return;
      this.dragged.moved = true;
      this.graph.mergeNodeAttributes(this.dragged.id, { ...sigma.viewportToGraph(event), fixed: true });
      event.preventSigmaDefault();
      event.original.preventDefault();
    });
    const drop = () => {
      const { dragged } = this;
      this.dragged = undefined;
      sigma.setCustomBBox(null);
      if (!dragged?.moved) return;
      const { x, y } = this.graph.getNodeAttributes(dragged.id) as Place;
      this.deeds.onPin?.(dragged.id, { x, y });
    };
    sigma.on('upNode', drop);
    sigma.on('upStage', drop);
    sigma.on('clickNode', ({ node }) => (node === this.chosen && this.deeds.onOpen ? this.deeds.onOpen(node) : this.deeds.onSelect(node)));
    sigma.on('doubleClickNode', ({ preventSigmaDefault }) => preventSigmaDefault());
    sigma.on('clickStage', () => this.deeds.onSelect(undefined));
  }

  /** Resolves the colours of the page, which differ between light and dark, for a canvas that knows no CSS. */
  private readColours() {
    const names = { ink: '--ink', paper: '--paper', faint: '--rule', strong: '--rule-strong', accent: '--accent' };
    const parts = Array.from({ length: groups }, (_, i) => [`part-${i}`, `--part-${i}`]);
    for (const [name, variable] of [...Object.entries(names), ...(parts as [string, string][])]) {
      this.probe.style.color = `var(${variable})`;
      this.colours[name] = getComputedStyle(this.probe).color;
    }
  }

  private readonly recolour = () => {
    this.readColours();
    this.sigma.setSetting('labelColor', { color: this.colours.ink! });
    this.sigma.refresh();
  };

  /** Moves the view: nearer, farther, or back to the whole. */
  view(way: 'nearer' | 'farther' | 'whole') {
    const camera = this.sigma.getCamera();
    const duration = this.calm ? 0 : 200;
    if (way === 'whole') void camera.animatedReset({ duration });
    else if (way === 'nearer') void camera.animatedZoom({ duration });
    else void camera.animatedUnzoom({ duration });
  }

  /** The network as a picture of points. */
  png(done: (blob: Blob) => void) {
    this.sigma.refresh();
    const layers = Object.values(this.sigma.getCanvases());
    const picture = document.createElement('canvas');
    picture.width = layers[0]?.width ?? 0;
    picture.height = layers[0]?.height ?? 0;
    const context = picture.getContext('2d')!;
    context.fillStyle = this.colours.paper!;
    context.fillRect(0, 0, picture.width, picture.height);
    for (const layer of layers) context.drawImage(layer, 0, 0);
    picture.toBlob((blob) => blob && done(blob));
  }

  /** The network as a picture of lines, as it stands in the view. */
  svg(): string {
    const { sigma, graph } = this;
    const { width, height } = sigma.getDimensions();
    const at = (id: string) => sigma.graphToViewport(graph.getNodeAttributes(id) as Place);
    return svgOf({
      width,
      height,
      background: this.colours.paper!,
      ink: this.colours.ink!,
      lines: graph.mapEdges((_, { size, strong }, from, to) => {
        const [a, b] = [at(from), at(to)];
        return { x1: a.x, y1: a.y, x2: b.x, y2: b.y, width: size as number, colour: strong ? this.colours.accent! : this.colours.strong! };
      }),
      dots: graph.mapNodes((id, { size, group, label }) => ({
        ...at(id),
        radius: sigma.scaleSize(size as number),
        colour: this.colours[`part-${(group as number) % groups}`]!,
        label: label as string,
      })),
    });
  }

  /** The network for Gephi and its like. */
  gexf(): string {
    return writeGexf(this.graph);
  }

  kill() {
    clearTimeout(this.stop);
    clearTimeout(this.settled);
    this.layout?.kill();
    this.themes.disconnect();
    this.dark.removeEventListener('change', this.recolour);
    this.sigma.kill();
    this.host.replaceChildren();
  }
}

const spots = (graph: Graph): Place[] => graph.mapNodes((_, { x, y }) => ({ x: x as number, y: y as number }));
