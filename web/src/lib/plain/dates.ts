import { writtenDate } from '#lib/ui/writtenDate.ts';
import { say } from './page.ts';

/** Keeps the day beside each date field that which was chosen. `tag`: the reader's language. */
export function followDates(tag: string): void {
  const write = (field: EventTarget | null) => {
    if (field instanceof HTMLInputElement && field.type === 'date' && field.parentElement)
      say('date', writtenDate(tag, field.value), field.parentElement);
  };
  // Browsers restore what was typed before a reload.
  document.querySelectorAll('input[type=date]').forEach(write);
  document.addEventListener('input', ({ target }) => write(target));
}
