import { changeText } from '#lib/i18n/formats.ts';
import { moneyText } from '#server/common/money-text.ts';
import { say } from '#lib/plain/page.ts';
import { money } from '#server/common/money.ts';
import { writerOf } from '#server/common/words.ts';
import type { AnswerFacts } from './facts.ts';
import { differenceWords, wasWords } from './flags.ts';
import { sumUp, type Values } from './values.ts';

/** Shows totals, differences and currencies of the form as it is filled in. */
export function showSums(form: HTMLFormElement, values: Values, facts: AnswerFacts): void {
  const { asked, tag, words } = facts;
  const { write, number } = writerOf(tag);
  const t = (key: keyof typeof words, parameters = {}) => write(words[key], parameters);
  const find = (key: string, parameters = {}) => t(key as keyof typeof words, parameters);
  const writer = { find, number, change: (share: number) => changeText(tag, share) };
  const currency = values['currency'] ?? '';
  const sums = sumUp(values, asked);
  for (const [index, line] of form.querySelectorAll<HTMLElement>('.answer-line').entries()) {
    const sum = sums.lines[index];
    const list = asked.lines[index]?.listPrice;
    line.classList.toggle('answer-line--fixed', list?.currency === currency);
    say('total', sum ? moneyText(tag, money(sum.total, currency)) : '–', line);
    say('difference', sum ? differenceWords(writer, sum) : '', line);
    say('was', wasWords(writer, values, index, facts.ratesOf), line);
    say('unit', currency, line);
    const difference = line.querySelector('[data-out="difference"]');
    difference?.classList.toggle('ok', Boolean(sum && !sum.isFar && sum.times !== null && sum.times < 1));
    difference?.classList.toggle('far', Boolean(sum?.isFar));
    const label = line.querySelector('.cell-price label');
    if (label) label.textContent = t('answer.priceEachLine', { currency, line: index + 1 });
  }
  const { kind } = asked.request;
  const counts = { offered: sums.offered, count: asked.lines.length };
  say('offered', t(kind === 'order' ? 'answer.confirmed' : 'answer.quoted', counts));
  say('declined', sums.declined > 0 ? `, ${t('answer.declinedCount', { count: sums.declined })}` : '');
  say('sum', moneyText(tag, money(sums.total, currency)));
}
