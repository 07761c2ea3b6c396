import {
  type LinesSection,
  type LinksSection,
  type MailDocument,
  type Section,
  withoutLinks,
} from './document.ts';

/** The number of rows before "... more". */
const mostRows = 100;

export function textOf(mail: MailDocument): string {
  const head = [mail.addressee, '', mail.heading, mail.lead, '', ...mail.facts.map(factText)];
  const sections = mail.sections.flatMap((section) => ['', ...safeSectionText(section)]);
  const foot = ['', '--', ...mail.footer];
  const { action } = mail;
  return [
    withoutLinks(head.join('\n')),
    // URLs that aren't user input.
    ...(action ? ['', `${withoutLinks(action.label)}:\n${action.url}`, withoutLinks(action.hint)] : []),
    ...sections,
    withoutLinks(foot.join('\n')),
    '',
  ].join('\n');
}

const factText = ({ label, value }: { label: string; value: string }) => `${label}: ${value}`;

function safeSectionText(section: Section): string[] {
  if (section.kind !== 'links') return sectionText(section).map(withoutLinks);
  const items = section.items.flatMap(({ title, text, label, url }) => [
    ...[`- ${title}`, `  ${text}`, `  ${label}:`].map(withoutLinks),
    `  ${url}`,
  ]);
  return [withoutLinks(section.title), ...items];
}

function sectionText(section: Exclude<Section, LinksSection>): string[] {
  if (section.kind === 'words')
    return [section.title, ...section.text.split('\n').map((line) => `  ${line}`)];
  if (section.kind === 'list') {
    return [section.title, ...section.items.flatMap(({ title, text }) => [`- ${title}`, `  ${text}`])];
  }
  return linesText(section);
}

function linesText(section: LinesSection): string[] {
  const rows = section.rows
    .slice(0, mostRows)
    .flatMap((row) => [
      `${row.position}. ${row.name}`,
      `   ${row.code}`,
      `   ${row.quantity}${row.price && `, ${section.head.price.toLowerCase()}: ${row.price}`}`,
      ...row.details.map((detail) => `   ${detail.replaceAll('\n', '\n   ')}`),
    ]);
  const left = section.rows.length - mostRows;
  return [section.title, ...rows, ...(left > 0 ? [section.more(left)] : []), ...section.sums.map(factText)];
}
