import { communities, type Pair } from './communities';

onmessage = ({ data: { count, pairs } }: MessageEvent<{ count: number; pairs: Pair[] }>) => postMessage(communities(count, pairs));
