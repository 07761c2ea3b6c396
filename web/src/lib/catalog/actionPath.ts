/** Returns a URL's query without the name of a form action. */
export function withoutAction(search: string): URLSearchParams {
  const query = new URLSearchParams(search);
  for (const name of [...query.keys()]) if (name.startsWith('/')) query.delete(name);
  return query;
}

/** Returns where a form posts to so that its refusal shows the same list. */
export function actionPath(search: string, action: string): string {
  const query = withoutAction(search);
  return `?${query.size ? `${query}&` : ''}/${action}`;
}
