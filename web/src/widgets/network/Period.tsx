import { Slider } from '@base-ui/react/slider';
import { useEffect, useState } from 'react';
import { useWords } from '../../i18n';
import { firstDay, lastDay, monthOf } from './months';

interface Props {
  /** First and last day there is anything of. */
  earliest: string;
  latest: string;
  from?: string;
  to?: string;
  onChange(from: string | undefined, to: string | undefined): void;
}

/** Chooses a period by months; the whole of it is no condition. */
export default function Period({ earliest, latest, from, to, onChange }: Props) {
  const { t, locale } = useWords();
  const [least, most] = [monthOf(earliest), monthOf(latest)];
  const within = (month: number, otherwise: number) => (Number.isNaN(month) ? otherwise : Math.min(Math.max(month, least), most));
  const start = within(monthOf(from ?? ''), least);
  const end = within(monthOf(to ?? ''), most);
  const [shown, setShown] = useState([start, end]);
  useEffect(() => setShown([start, end]), [start, end]);
  if (!(most > least)) return null;
  const format = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', timeZone: 'UTC' });
  const name = (month: number) => format.format(new Date(`${firstDay(month)}T00:00:00Z`));
  return (
    <Slider.Root
      className="period"
      value={shown}
      min={least}
      max={most}
      onValueChange={(value) => setShown(value as number[])}
      onValueCommitted={(value) => {
        const [first, last] = value as [number, number];
        onChange(first > least ? firstDay(first) : undefined, last < most ? lastDay(last) : undefined);
      }}
    >
      <span className="quiet small">
        {t('network.period')} {name(shown[0]!)} – {name(shown[1]!)}
      </span>
      <Slider.Control className="period-control">
        <Slider.Track className="period-track">
          <Slider.Indicator className="period-range" />
          {[0, 1].map((index) => (
            <Slider.Thumb
              key={index}
              index={index}
              className="period-thumb"
              getAriaLabel={() => t(index === 0 ? 'field.start' : 'field.end')}
              getAriaValueText={(_, value) => name(value)}
            />
          ))}
        </Slider.Track>
      </Slider.Control>
    </Slider.Root>
  );
}
