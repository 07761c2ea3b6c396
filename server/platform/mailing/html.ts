import type { Fact, LineRow, LinesSection, MailDocument, Section } from './document.ts';
import { withoutLinks } from './document.ts';

/** Gmail cuts a mail at 102 KB. This limit keeps mails below 60 KB. */
const rowsBudgetBytes = 36_000;
const mostRows = 100;

const font = 'font-family:Segoe UI,Roboto,Helvetica Neue,Arial,sans-serif';
const ink = 'color:#101917';
const soft = 'color:#43504c';
const hairline = 'border-bottom:1px solid #d3dad7';

/** Renders a mail for all mail programs: tables and inline styles, nothing fetched, readable in dark mode. */
export function htmlOf(mail: MailDocument): string {
  return `<!doctype html>
<html lang="${escaped(mail.lang)}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${escaped(mail.subject)}</title>
<style>${styles}</style></head>
<body class="bg" style="margin:0;padding:0;background:#e9edeb">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${escaped(mail.preview)}</div>
<div role="main" lang="${escaped(mail.lang)}"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" style="padding:24px 8px">
<table role="presentation" class="card sheet" width="640" cellpadding="0" cellspacing="0" border="0" style="width:640px;max-width:640px;background:#ffffff;border-radius:4px">
${masthead(mail)}
<tr><td class="pad ink" style="padding:28px 28px 6px;${font};${ink}"><h1 style="margin:0;font-size:26px;line-height:30px">${escaped(mail.heading)}</h1></td></tr>
<tr><td class="pad mut" style="padding:0 28px 18px;${font};font-size:15px;line-height:22px;${soft}">${lines(mail.lead)}</td></tr>
<tr><td class="pad" style="padding:0 28px">${titleBlock(mail.facts)}</td></tr>
${mail.action ? button(mail.action) : ''}
${mail.sections.map(section).join('\n')}
<tr><td class="pad mut rule" style="padding:18px 28px 24px;border-top:1px solid #d3dad7;${font};font-size:12px;line-height:18px;color:#5b6864">${mail.footer.map(escaped).join('<br>')}</td></tr>
</table></td></tr></table></div></body></html>
`;
}

const styles = `a{color:#2138d4}
@media (max-width:640px){.card{width:100%!important}.pad{padding-left:16px!important;padding-right:16px!important}.tbc{display:block!important;width:auto!important}.btn,.btn td,.btn a{display:block!important;width:auto!important;text-align:center!important}.btn td+td{padding-top:10px!important}.hs{display:none!important}}
@media (prefers-color-scheme:dark){body,.bg{background:#0c1211!important}.sheet{background:#141c1a!important}.sunk{background:#1a2321!important}.ink,.ink b,h1,h2{color:#e9f0ed!important}.mut{color:#b2c0ba!important}.tbc{color:#8d9d97!important}.rule,.tbc{border-color:#2b3734!important}.tbk{border-color:#e9f0ed!important}a{color:#a3b0ff!important}.cta{background:#a3b0ff!important}.cta a{color:#0b1133!important}}`;

const needsEscape = /[&<>"]|:\/\/|www\./i;

/** Escapes user input for HTML and defuses its URLs. */
function escaped(text: string): string {
  // Most texts need nothing, and a mail has a hundred.
  if (!needsEscape.test(text)) return text;
  return withoutLinks(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const lines = (text: string) => escaped(text).replaceAll('\n', '<br>');

function masthead({ addressee }: MailDocument): string {
  return `<tr><td class="pad" bgcolor="#11201C" style="padding:16px 28px;background:#11201c;border-radius:4px 4px 0 0"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>
<td style="${font};font-size:20px;line-height:24px;font-weight:bold;color:#f1f5f3"><span style="color:#ffe13d">&#9679;</span> Quoteline</td>
<td align="right" style="${font};font-size:13px;line-height:18px;color:#a6b6b0">${escaped(addressee)}</td></tr></table></td></tr>`;
}

function titleBlock(facts: Fact[]): string {
  const rows = Array.from({ length: Math.ceil(facts.length / 3) }, (_, row) =>
    facts.slice(row * 3, row * 3 + 3),
  );
  const cell = (fact: Fact | undefined) =>
    `<td class="tbc" width="33%" valign="top" style="padding:8px 14px 9px;border-right:1px solid #d3dad7;${hairline};${font};font-size:12px;line-height:16px;color:#5b6864">${
      fact
        ? `${escaped(fact.label)}<br><span class="ink" style="font-size:15px;line-height:20px;font-weight:bold;${ink}">${escaped(fact.value)}</span>`
        : '&nbsp;'
    }</td>`;
  const body = rows.map((row) => `<tr>${[0, 1, 2].map((at) => cell(row[at])).join('')}</tr>`).join('');
  return `<table role="presentation" class="tbk" width="100%" cellpadding="0" cellspacing="0" border="0" style="border:2px solid #101917">${body}</table>`;
}

function button({ label, url, hint }: NonNullable<MailDocument['action']>): string {
  return `<tr><td class="pad" style="padding:22px 28px 8px"><table role="presentation" class="btn" cellpadding="0" cellspacing="0" border="0"><tr>
<td class="cta" bgcolor="#2138D4" style="background:#2138d4;border-radius:3px"><a href="${url}" style="display:inline-block;padding:14px 26px;${font};font-size:17px;line-height:20px;font-weight:bold;white-space:nowrap;color:#ffffff;text-decoration:none">${escaped(label)}</a></td>
<td width="14" class="hs"></td><td class="mut" style="${font};font-size:13px;line-height:18px;${soft}">${escaped(hint)}</td></tr></table></td></tr>`;
}

function section(part: Section): string {
  if (part.kind === 'lines') return linesTable(part);
  const body =
    part.kind === 'words'
      ? lines(part.text)
      : part.items
          .map(
            (item) =>
              `<b>${escaped(item.title)}</b><br>${lines(item.text)}${'url' in item ? linkTo(item) : ''}`,
          )
          .join('<br><br>');
  return `<tr><td class="pad" style="padding:20px 28px 14px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td class="sunk ink" style="padding:10px 16px 12px;background:#f3f6f4;border-left:4px solid #0f6b73;${font};font-size:14px;line-height:20px;${ink}"><b>${escaped(part.title)}</b><br>${body}</td></tr></table></td></tr>`;
}

const linkTo = ({ url, label }: { url: string; label: string }) =>
  `<br><a href="${url}">${escaped(label)}</a>`;

function linesTable(part: LinesSection): string {
  const { head } = part;
  const kept = rowsThatFit(part.rows.map(lineRow));
  const left = part.rows.length - kept.length;
  const th = (text: string, align = 'left') =>
    `<th scope="col" align="${align}" class="mut rule" style="padding:6px 0 6px 8px;border-bottom:2px solid #101917;font-size:12px;line-height:16px;font-weight:normal;${soft}">${escaped(text)}</th>`;
  const note =
    left > 0
      ? `<tr><td></td><td colspan="3" class="mut" style="padding:10px 0 0 8px">${escaped(part.more(left))}</td></tr>`
      : '';
  const sums = part.sums.map(
    ({ label, value }) =>
      `<tr class="ink"><td colspan="3" align="right" style="padding:10px 0 0 8px">${escaped(label)}</td><td align="right" style="padding:10px 0 0 8px;white-space:nowrap"><b>${escaped(value)}</b></td></tr>`,
  );
  return `<tr><td class="pad" style="padding:16px 28px 16px"><h2 class="ink" style="margin:0 0 6px;${font};font-size:16px;line-height:22px;${ink}">${escaped(part.title)}</h2><table width="100%" cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse;${font};font-size:14px;line-height:20px;${ink}"><tr>${th(head.number)}${th(head.product)}${th(head.quantity, 'right')}${th(head.price, 'right')}</tr>
${kept.join('\n')}${note}${sums.join('')}</table></td></tr>`;
}

function lineRow(row: LineRow): string {
  const cell = `valign="top" style="padding:10px 0 10px 8px;${hairline}`;
  const details = row.details.map((detail) => `<br>${lines(detail)}`).join('');
  return `<tr><td class="mut rule" ${cell}">${escaped(row.position)}</td><td class="ink rule" ${cell}"><b>${escaped(row.name)}</b><br><span class="mut" style="${soft};font-size:13px"><code>${escaped(row.code)}</code>${details}</span></td><td class="ink rule" align="right" ${cell};white-space:nowrap"><b>${escaped(row.quantity)}</b></td><td class="mut rule" align="right" ${cell}">${escaped(row.price)}</td></tr>`;
}

/** Returns as many rows as fit into the limits. */
function rowsThatFit(rows: string[]): string[] {
  let bytes = 0;
  const end = rows.findIndex((row, index) => {
    bytes += Buffer.byteLength(row);
    return index >= mostRows || bytes > rowsBudgetBytes;
  });
  return end === -1 ? rows : rows.slice(0, end);
}
