import { writtenDate } from '#lib/ui/writtenDate.ts';
import { say } from './page.ts';

/** Keeps the day beside each date field that which was chosen. `tag`: the reader's language. */
export function followDates(tag: string): void {
  document.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLInputElement && target.type === 'date' && target.parentElement)
      say('date', writtenDate(tag, target.value), target.parentElement);
  });
}
