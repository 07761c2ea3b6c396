import { changeText } from '#lib/i18n/formats.ts';
import { moneyText } from '#server/common/money-text.ts';
import { say } from '#lib/plain/page.ts';
import { money } from '#server/common/money.ts';
import { writerOf } from '#server/common/words.ts';
import type { AnswerFacts } from './facts.ts';
import { sendWords, sumUp, type Values } from './values.ts';

/** Shows totals, differences and currencies of the form as it is filled in. */
export function showSums(form: HTMLFormElement, values: Values, facts: AnswerFacts): void {
  const { asked, mark, tag, words } = facts;
  const { write } = writerOf(tag);
  const currency = values['currency'] ?? '';
  const sums = sumUp(values, asked, mark);
  for (const [index, line] of form.querySelectorAll<HTMLElement>('.answer-line').entries()) {
    const sum = sums.lines[index];
    const list = asked.lines[index]?.listPrice;
    line.classList.toggle('answer-line--fixed', list?.currency === currency);
    say('total', sum ? moneyText(tag, money(sum.total, currency)) : '–', line);
    say('share', sum?.share ? changeText(tag, sum.share) : '', line);
    say('unit', currency, line);
    line.querySelector('[data-out="share"]')?.classList.toggle('ok', (sum?.share ?? 0) < 0);
    const label = line.querySelector('.cell-price label');
    if (label) label.textContent = write(words['answer.priceEachLine'], { currency, line: index + 1 });
  }
  const { kind } = asked.request;
  const counts = { count: sums.offered, total: asked.lines.length };
  say('offered', write(words[kind === 'order' ? 'answer.confirmed' : 'answer.quoted'], counts));
  say(
    'declined',
    sums.declined > 0 ? `, ${write(words['answer.declinedCount'], { count: sums.declined })}` : '',
  );
  say('sum', moneyText(tag, money(sums.total, currency)));
  say('send', write(words[sendWords(values, asked.lines.length, facts.version)]));
}
