import { Autocomplete } from '@base-ui/react/autocomplete';
import { type Ref, useState } from 'react';
import { useWords } from '../../i18n';
import type { PageType } from '../../routes';
import { type Suggestion, useLookup } from './lookup';
import './search.css';

interface Props {
  id?: string;
  label: string;
  placeholder?: string;
  initial?: string;
  types?: readonly PageType[];
  input?: Ref<HTMLInputElement>;
  /** The reader chose a record. */
  onChoose(suggestion: Suggestion): void;
  /** The reader pressed Enter without choosing. */
  onEnter?(text: string): void;
  /** Whether the field keeps the name of what was chosen. */
  keep?: boolean;
}

const words: Record<PageType, 'MEETING' | 'AGENDA_ITEM' | 'DECISION' | 'DIRECTIVE' | 'DOCUMENT' | 'ORGANIZATION' | 'PERSON'> = {
  Meeting: 'MEETING',
  AgendaItem: 'AGENDA_ITEM',
  Decision: 'DECISION',
  Directive: 'DIRECTIVE',
  Document: 'DOCUMENT',
  Organization: 'ORGANIZATION',
  Person: 'PERSON',
};

/** A field that suggests records while the reader types. */
export function Suggest({ id, label, placeholder, initial = '', types, input, onChoose, onEnter, keep = false }: Props) {
  const { t, term } = useWords();
  const [text, setText] = useState(initial);
  const { suggestions, busy, settled } = useLookup(text, types);
  const pick = (suggestion: Suggestion) => {
    setText(keep ? suggestion.label : '');
    onChoose(suggestion);
  };
  return (
    <Autocomplete.Root<Suggestion>
      items={suggestions}
      value={text}
      onValueChange={(value, details) => {
        if (details.reason !== 'item-press') setText(value);
      }}
      itemToStringValue={(item) => item.label}
      filter={null}
    >
      <Autocomplete.Input
        ref={input}
        id={id}
        className="search-input"
        aria-label={label}
        placeholder={placeholder}
        maxLength={200}
        onKeyDown={(event) => {
          const composing = event.nativeEvent.isComposing || event.keyCode === 229;
          const highlighted = event.currentTarget.getAttribute('aria-activedescendant');
          if (event.key === 'Enter' && !composing && !highlighted && onEnter && text.trim()) {
            event.preventDefault();
            onEnter(text.trim());
          }
        }}
      />
      <Autocomplete.Portal hidden={suggestions.length === 0}>
        <Autocomplete.Positioner className="search-positioner" sideOffset={4} align="start">
          <Autocomplete.Popup className="search-popup" aria-busy={busy || undefined}>
            <Autocomplete.Status className="unseen">{settled && t('search.matches', { n: suggestions.length })}</Autocomplete.Status>
            <Autocomplete.List className="search-list">
              {(suggestion: Suggestion) => (
                <Autocomplete.Item
                  key={`${suggestion.type} ${suggestion.id}`}
                  value={suggestion}
                  className="search-item"
                  onClick={() => pick(suggestion)}
                >
                  <span className="search-kind">{term('RecordType', words[suggestion.type])}</span>
                  <span className="search-label">
                    <Highlighted text={suggestion.label} part={settled} />
                  </span>
                  <span className="search-detail">{suggestion.detail}</span>
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}

/** Text with the first place marked where a part of it stands. */
function Highlighted({ text, part }: { text: string; part: string }) {
  const at = part ? text.toLowerCase().indexOf(part.toLowerCase()) : -1;
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark>{text.slice(at, at + part.length)}</mark>
      {text.slice(at + part.length)}
    </>
  );
}
