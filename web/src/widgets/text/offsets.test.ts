import { describe, expect, it } from 'vitest';
import { codeUnits, cut, paragraphs } from './offsets';

describe('codeUnits', () => {
  it('leaves offsets alone in the basic plane', () => {
    const at = codeUnits('会议原则同意');
    expect([at(0), at(3), at(6)]).toEqual([0, 3, 6]);
  });

  it('counts a character outside the basic plane as one code point and two units', () => {
    const text = '𠮷林市𠮷某发言';
    const at = codeUnits(text);
    expect(text.slice(at(0), at(1))).toBe('𠮷');
    expect(text.slice(at(3), at(5))).toBe('𠮷某');
    expect(text.slice(at(5), at(7))).toBe('发言');
  });

  it('stays inside the text', () => {
    for (const text of ['会议', '𠮷']) {
      const at = codeUnits(text);
      expect(at(-5)).toBe(0);
      expect(at(99)).toBe(text.length);
    }
  });
});

describe('cut', () => {
  const text = 'abcdefghij';

  it('gives the text back whole, whatever the facts', () => {
    const facts = [
      { start: 2, end: 8 },
      { start: 4, end: 6 },
      { start: 5, end: 20 },
      { start: 7, end: 7 },
    ];
    expect(cut(text, facts).map((piece) => piece.text).join('')).toBe(text);
  });

  it('names the facts of each piece, the shortest first', () => {
    const decision = { start: 2, end: 8 };
    const step = { start: 4, end: 6 };
    const pieces = cut(text, [decision, step]);
    expect(pieces.map((piece) => piece.text)).toEqual(['ab', 'cd', 'ef', 'gh', 'ij']);
    expect(pieces[2]?.facts).toEqual([step, decision]);
    expect(pieces[0]?.facts).toEqual([]);
  });

  it('cuts a part of the text by facts that reach beyond it', () => {
    expect(cut(text, [{ start: 0, end: 5 }], 3, 7).map((piece) => piece.text)).toEqual(['de', 'fg']);
  });
});

describe('paragraphs', () => {
  it('splits at blank lines and keeps single line ends', () => {
    const text = '\n\n第 8 号\n\n太仓市人民政府\n办公室\n \n二〇二二年\n';
    expect(paragraphs(text).map(({ start, end }) => text.slice(start, end))).toEqual(['第 8 号', '太仓市人民政府\n办公室', '二〇二二年']);
  });

  it('finds nothing in nothing', () => {
    expect(paragraphs('')).toEqual([]);
    expect(paragraphs(' \n\n ')).toEqual([]);
  });
});
