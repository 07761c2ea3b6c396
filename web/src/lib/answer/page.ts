import { api, lastingApi } from '#lib/api/browser.ts';
import { timeText } from '#lib/i18n/formats.ts';
import { createDraftKeeper } from '#lib/plain/draftKeeper.ts';
import { followDates } from '#lib/plain/dates.ts';
import { beforeOtherForms, submitOnce } from '#lib/plain/forms.ts';
import { ApiError } from '#lib/api/problem.ts';
import { closeMenus, focusErrors, markReady, onFirstAct, readFacts, say } from '#lib/plain/page.ts';
import { watchTopics } from '#lib/plain/watch.ts';
import { writerOf } from '#server/common/words.ts';
import type { AnswerFacts } from './facts.ts';
import { settleCurrency } from './currency.ts';
import { showSums } from './live.ts';
import { type Bulk, fillAll, idleBulks, valuesOf } from './values.ts';

/** The script of the answer page: drafts, sums while typing, the read mark, and what happened in other tabs. */
const facts = readFacts<AnswerFacts>();
const { token, asked, mark, tag, words } = facts;
const { write } = writerOf(tag);
const params = { path: { token } };
/** Whether the link was found to be withdrawn. */
let hasEnded = false;
const form = document.querySelector<HTMLFormElement>('#answer-form');

if (form) {
  submitOnce(form);
  if (facts.canAnswer) keepAnswer(form);
}
closeMenus();
followDates(tag);
focusErrors();
onFirstAct(() => {
  api.post('/api/enquiry-links/{token}/reading', { params }).catch(() => undefined);
});
watchTopics([`answer:${token}`], () => void lookForNews());
markReady();

function keepAnswer(own: HTMLFormElement): void {
  const values = () => valuesOf(new FormData(own));
  const draft = createDraftKeeper(
    async () =>
      (await lastingApi.put('/api/enquiry-links/{token}/draft', { params, body: values() })).savedAt,
    ({ failed, savedAt }) =>
      say(
        'draft',
        failed
          ? write(words['answer.draftNotSaved'])
          : write(words['answer.draftSaved'], { time: timeText(tag, facts.timeZone, savedAt ?? '') }),
      ),
  );
  const update = () => {
    setValues(own, settleCurrency(values(), asked, mark, 'convert'));
    showSums(own, values(), facts);
    const idle: string[] = idleBulks(values(), asked, mark);
    // A button that was just pressed keeps the focus until something else is done.
    for (const button of own.querySelectorAll<HTMLButtonElement>('[name="fill"]'))
      button.hidden = idle.includes(button.value) && button !== document.activeElement;
  };

  // Fields of the form stand elsewhere on the page, too.
  document.addEventListener('input', (event) => {
    if (!isOf(own, event.target)) return;
    update();
    if (event.isTrusted) draft.touch();
  });
  own.addEventListener('click', (event) => {
    const button =
      event.target instanceof Element && event.target.closest<HTMLButtonElement>('[name="fill"]');
    if (!button) return;
    event.preventDefault();
    setValues(own, fillAll(values(), asked, button.value as Bulk, mark));
    update();
    draft.touch();
  });
  own.addEventListener('submit', (event) => {
    if (!event.defaultPrevented) draft.hold();
  });
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) draft.resume();
  });
  beforeOtherForms(own, () => draft.flush());
  addEventListener('pagehide', () => void draft.flush());
  update();
}

const isOf = (own: HTMLFormElement, target: EventTarget | null): boolean =>
  target !== null && 'form' in target && target.form === own;

function setValues(own: HTMLFormElement, values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) {
    const control = own.elements.namedItem(name);
    const isText = control instanceof HTMLInputElement && control.type !== 'radio';
    if (isText || control instanceof HTMLSelectElement) if (control.value !== value) control.value = value;
  }
}

/**
 * Says that a colleague, or this person in another tab, sent a version, that no answer is possible any more, or that the
 * link has ended. What is typed stays. It is tried again with the next change.
 */
async function lookForNews(): Promise<void> {
  if (hasEnded) return;
  try {
    const { quotes, can, acceptedLineIds } = await api.get('/api/enquiry-links/{token}', { params });
    const version = quotes[0]?.version ?? 0;
    if (version > facts.version) tell(write(words['answer.newerVersion'], { version }));
    else if (!can.answer && facts.canAnswer) {
      const isOrdered = can.why === 'enquiry_closed' && acceptedLineIds.length > 0;
      tell(
        write(words[isOrdered ? 'answer.nowOrdered' : 'answer.nowClosed'], { count: acceptedLineIds.length }),
      );
      endAnswering();
    }
  } catch (cause) {
    hasEnded = cause instanceof ApiError && cause.status === 404;
    if (hasEnded) tell(write(words['answer.linkEnded']));
  }
}

/** Ends the form of the answer, which nothing would take any more. Its fields of messages stand elsewhere and stay. */
function endAnswering(): void {
  if (form) form.inert = true;
}

function tell(news: string): void {
  const notice = document.querySelector<HTMLElement>('#news');
  if (notice) notice.hidden = false;
  say('news', news);
}
