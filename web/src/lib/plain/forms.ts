/** Lets a form be submitted once at a time: its pressed button says that it works, and a second press does nothing. */
export function submitOnce(form: HTMLFormElement): void {
  let pressed: HTMLElement | null | undefined;
  form.addEventListener('submit', (event) => {
    if (event.defaultPrevented) return;
    if (pressed !== undefined) return event.preventDefault();
    pressed = event.submitter;
    pressed?.setAttribute('aria-disabled', 'true');
  });
  // The browser's back button may bring the page back as it was left.
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    pressed?.removeAttribute('aria-disabled');
    pressed = undefined;
  });
}

/** Waits for `before` when another form of the page is submitted, which replaces the page and what was typed in it. */
export function beforeOtherForms(form: HTMLFormElement, before: () => Promise<void> | undefined): void {
  document.addEventListener('submit', (event) => {
    const other = event.target;
    if (other === form || !(other instanceof HTMLFormElement) || event.defaultPrevented) return;
    const saving = before();
    if (!saving) return;
    event.preventDefault();
    const { submitter } = event;
    void saving.finally(() => other.requestSubmit(submitter));
  });
}
