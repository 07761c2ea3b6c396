import { submitOnce } from './forms.ts';
import { focusFirstError } from './page.ts';
import { entriesOf, fetchPage, show } from './visit.ts';

/** Starts the forms of a page; those marked with `data-keeps-passwords` are sent in place. */
export function startForms(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('main form[method="post"]'))
    if (form.dataset['keepsPasswords'] === undefined) submitOnce(form);
    else sendInPlace(form);
}

/**
 * Sends a form in place, so that a refusal leaves typed passwords in their fields without a page that contains them;
 * wrong ones are emptied. What was accepted goes on to the page that the answer leads to.
 */
function sendInPlace(form: HTMLFormElement): void {
  let isSending = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    event.submitter?.setAttribute('aria-disabled', 'true');
    void send(form, event.submitter).then((isDone) => {
      if (isDone) return;
      isSending = false;
      event.submitter?.removeAttribute('aria-disabled');
    });
  });
}

/** Returns whether another page follows. */
async function send(form: HTMLFormElement, submitter: HTMLElement | null): Promise<boolean> {
  const arrived = await fetchPage(form.action, entriesOf(form, submitter)).catch(() => undefined);
  if (!arrived) {
    // The browser says itself that nothing answers.
    form.submit();
    return true;
  }
  if (arrived.url.href !== form.action) {
    location.assign(arrived.url);
    return true;
  }
  show(arrived);
  for (const control of form.querySelectorAll<HTMLInputElement>('input[type="password"]'))
    if (control.getAttribute('aria-invalid') === 'true') control.value = '';
  focusFirstError();
  return false;
}
