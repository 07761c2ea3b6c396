type Ceremony = (options: unknown) => Promise<Credential | null>;

/** Older browsers lack the functions of WebAuthn level 3, which is like a device that refuses. */
const ceremonies: Record<string, Ceremony> = {
  create: (options) =>
    navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(
        options as PublicKeyCredentialCreationOptionsJSON,
      ),
    }),
  get: (options) =>
    navigator.credentials.get({
      publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(
        options as PublicKeyCredentialRequestOptionsJSON,
      ),
    }),
};

/** Returns what the page printed, or what the address gives out for one login. */
async function optionsOf({ dataset }: HTMLFormElement): Promise<unknown> {
  const { options, challenges = '' } = dataset;
  if (options !== undefined) return JSON.parse(options);
  const answer = await fetch(challenges, { method: 'POST' });
  // The login is over: the page says so.
  if (answer.status === 401) location.reload();
  return ((await answer.json()) as { options: unknown }).options;
}

/** Shows the form; when it is sent, an authenticator fills it first. Without an answer of it nothing is sent. */
export function askAuthenticator(form: HTMLFormElement): void {
  const ceremony = ceremonies[form.dataset['passkey'] ?? ''];
  const field = form.querySelector<HTMLInputElement>('input[name="credential"]');
  const failed = form.querySelector<HTMLElement>('[data-failed]');
  if (!ceremony || !field || !failed) return;
  let isAsking = false;
  const ask = async (): Promise<void> => {
    const credential = await ceremony(await optionsOf(form));
    if (!credential) throw new Error('no credential');
    field.value = JSON.stringify((credential as PublicKeyCredential).toJSON());
    form.submit();
  };
  form.hidden = false;
  form.addEventListener(
    'submit',
    (event) => {
      // In the capture phase, so that the form doesn't count as sent before there is an answer.
      event.preventDefault();
      if (isAsking) return;
      isAsking = true;
      failed.hidden = true;
      ask().catch(() => {
        isAsking = false;
        failed.hidden = false;
      });
    },
    { capture: true },
  );
}
