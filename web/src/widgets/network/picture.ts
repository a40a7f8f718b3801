/** What a picture of a network is made of, in the measure of the picture. */
export interface Picture {
  width: number;
  height: number;
  background: string;
  ink: string;
  lines: { x1: number; y1: number; x2: number; y2: number; colour: string; width: number }[];
  dots: { x: number; y: number; radius: number; colour: string; label: string }[];
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Makes text safe in XML; characters that XML cannot hold are left out. */
const escaped = (text: string) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '').replace(/[&<>"]/g, (c) => escapes[c]!);

const rounded = (n: number) => String(Math.round(n * 10) / 10);

/** Writes a network as SVG, with its names as text that can be searched and edited. */
export function svgOf({ width, height, background, ink, lines, dots }: Picture): string {
  const body = [
    `<rect width="100%" height="100%" fill="${escaped(background)}"/>`,
    ...lines.map(
      (l) =>
        `<line x1="${rounded(l.x1)}" y1="${rounded(l.y1)}" x2="${rounded(l.x2)}" y2="${rounded(l.y2)}" stroke="${escaped(l.colour)}" stroke-width="${rounded(l.width)}"/>`,
    ),
    ...dots.map((d) => `<circle cx="${rounded(d.x)}" cy="${rounded(d.y)}" r="${rounded(d.radius)}" fill="${escaped(d.colour)}"/>`),
    ...dots
      .filter(({ label }) => label)
      .map((d) => `<text x="${rounded(d.x + d.radius + 3)}" y="${rounded(d.y + 4)}">${escaped(d.label)}</text>`),
  ];
  const font = 'font-family="system-ui, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif" font-size="13"';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${rounded(width)}" height="${rounded(height)}" viewBox="0 0 ${rounded(width)} ${rounded(height)}" ${font} fill="${escaped(ink)}">`,
    ...body,
    '</svg>',
    '',
  ].join('\n');
}

/** Gives the reader a file. */
export function save(name: string, blob: Blob) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
