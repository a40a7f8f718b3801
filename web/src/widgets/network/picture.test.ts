import { expect, it } from 'vitest';
import { svgOf } from './picture';

it('writes names as text that cannot break the file', () => {
  const svg = svgOf({
    width: 100,
    height: 50,
    background: 'white',
    ink: 'black',
    lines: [{ x1: 0, y1: 0, x2: 10.04, y2: 5, colour: 'rgb(1, 2, 3)', width: 1 }],
    dots: [
      { x: 10, y: 5, radius: 3, colour: 'red', label: '<a & "b">\u0001' },
      { x: 0, y: 0, radius: 3, colour: 'red', label: '' },
    ],
  });
  expect(svg).toContain('<text x="16" y="9">&lt;a &amp; &quot;b&quot;&gt;</text>');
  expect(svg.match(/<circle/g)?.length).toBe(2);
  expect(svg.match(/<text/g)?.length).toBe(1);
  expect(svg).toContain('x2="10"');
});
