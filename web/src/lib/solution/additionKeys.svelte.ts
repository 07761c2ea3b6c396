/** The answer to an addition, of SvelteKit's forms or a page's own. */
interface Answer {
  type: string;
  data?: Record<string, unknown> | undefined;
}

/** The idempotency key of the next addition from this page view. */
export interface AdditionKeys {
  readonly current: string;
  /** Notes the result of a press: once its key is used, the next addition gets another one. */
  settle(result: Answer): void;
}

/** Begins with the key the page came with. It doesn't wait for the server's next one, which may be long on its way. */
export function additionKeys(ofPage: () => string): AdditionKeys {
  let spent = $state(0);
  return {
    get current() {
      return spent === 0 ? ofPage() : `${ofPage()}-${spent}`;
    },
    settle(result) {
      if (result.type === 'success' || result.type === 'redirect' || isReused(result)) spent += 1;
    },
  };
}

/** A double click is one press: its second click does nothing, even where the first is answered by then. */
export function ignoreSecondClick(event: MouseEvent): void {
  if (event.detail > 1) event.preventDefault();
}

const isReused = ({ type, data }: Answer): boolean =>
  type === 'failure' &&
  (data?.['problem'] as { code?: string } | undefined)?.code === 'idempotency_key_reused';
