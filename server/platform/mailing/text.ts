import { type LinesSection, type MailDocument, type Section, withoutLinks } from './document.ts';

/** The number of rows before "... more". */
const mostRows = 100;

export function textOf(mail: MailDocument): string {
  const head = [mail.addressee, '', mail.heading, mail.lead, '', ...mail.facts.map(factText)];
  const sections = mail.sections.flatMap((section) => ['', ...sectionText(section)]);
  const foot = ['', '--', ...mail.footer];
  return [
    withoutLinks(head.join('\n')),
    '',
    // The only URL that isn't user input.
    `${withoutLinks(mail.action.label)}:\n${mail.action.url}`,
    withoutLinks([mail.action.hint, ...sections, ...foot].join('\n')),
    '',
  ].join('\n');
}

const factText = ({ label, value }: { label: string; value: string }) => `${label}: ${value}`;

function sectionText(section: Section): string[] {
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
