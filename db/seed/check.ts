import type { Agent } from './agents.ts';
import { isWithin, type Category } from './categories.ts';
import type { OfferRecord } from './offers.ts';
import type { Person } from './people.ts';
import { RATES } from './prices.ts';
import type { Vendor } from './vendors.ts';
import { type Word, withoutSerbian } from './words.ts';

export interface Catalogue {
  vendors: Vendor[];
  categories: Category[];
  agents: Agent[];
  offers: OfferRecord[];
  words: Word[];
  people: Person[];
}

/** Returns a sentence for each rule that the demo catalogue breaks. */
export function problemsOf(catalogue: Catalogue): string[] {
  return [
    ...problemsOfVendors(catalogue),
    ...problemsOfAgents(catalogue),
    ...catalogue.offers.flatMap(problemsOfOffer),
    ...problemsOfProducts(catalogue),
    ...problemsOfPeople(catalogue),
    ...problemsOfWords(catalogue),
  ];
}

const problemUnless = (holds: boolean, problem: string): string[] => (holds ? [] : [problem]);
const distinct = <T>(values: T[]): number => new Set(values).size;

function problemsOfVendors({ vendors }: Catalogue): string[] {
  return [
    ...problemUnless(
      vendors.length === 40 && distinct(vendors.map(({ id }) => id)) === 40,
      'there are not 40 different vendors',
    ),
    ...problemUnless(
      distinct(vendors.map(({ country }) => country)) >= 10,
      'vendors of fewer than 10 countries',
    ),
    ...problemUnless(distinct(vendors.map(({ currency }) => currency)) >= 7, 'fewer than 7 currencies'),
    ...vendors.flatMap((vendor) => [
      ...problemUnless(
        vendor.email.endsWith(`@${vendor.id}.example`),
        `${vendor.id}: official address elsewhere`,
      ),
      ...problemUnless(
        (vendor.locale === 'sr') === ['RS', 'BA', 'ME'].includes(vendor.country),
        `${vendor.id}: wrong locale`,
      ),
      ...problemUnless(RATES.has(vendor.currency), `${vendor.id}: no rate for ${vendor.currency}`),
    ]),
  ];
}

function problemsOfAgents({ vendors, agents, categories, offers, people }: Catalogue): string[] {
  const places = new Set([...categories.map(({ path }) => path), ...offers.map(({ product }) => product)]);
  const buyers = people.flatMap(({ phone }) => phone ?? []);
  const phones = [...vendors.map(({ phone }) => phone), ...agents.map(({ phone }) => phone), ...buyers];
  const addresses = [...vendors, ...agents].map(({ email }) => email);
  return [
    ...problemUnless(distinct(phones) === phones.length, 'a telephone number occurs twice'),
    ...problemUnless(distinct(addresses) === addresses.length, 'a mail address occurs twice'),
    ...problemUnless(
      phones.every((phone) => /^\+[1-9]\d{7,14}$/.test(phone)),
      'a telephone number is not E.164',
    ),
    ...problemUnless(
      addresses.every((email) => /^[a-z0-9.-]+@[a-z0-9-]+\.example$/.test(email)),
      'an odd mail address',
    ),
    ...vendors.flatMap(({ id }) => {
      const count = agents.filter(({ vendor }) => vendor === id).length;
      return problemUnless(count >= 2 && count <= 5, `${id} has ${count} agents`);
    }),
    ...problemUnless(distinct(agents.map(({ hours }) => hours)) >= 10, 'all agents work at the same hours'),
    ...agents.flatMap(({ name, hours }) =>
      problemUnless(
        /^[1-7](-[1-7])? \d\d:\d\d-\d\d:\d\d(; [1-7] \d\d:\d\d-\d\d:\d\d)?$/.test(hours),
        `${name} works at ${hours}`,
      ),
    ),
    ...agents.flatMap(({ name, responsibilities }) =>
      problemUnless(
        responsibilities.split('|').every((place) => places.has(place)),
        `${name} answers for something unknown`,
      ),
    ),
    ...offers.flatMap((offer) =>
      problemUnless(
        responsibleFor(offer, agents, categories).some(({ kind }) => kind === 'sales'),
        `nobody sells ${offer.sku}`,
      ),
    ),
  ];
}

/** Returns the agents of the offer's vendor who are responsible for its category or product. */
function responsibleFor(offer: OfferRecord, agents: Agent[], categories: Category[]): Agent[] {
  const path = categories.find(({ id }) => id === offer.category)!.path;
  return agents.filter(
    ({ vendor, responsibilities }) =>
      vendor === offer.vendor &&
      responsibilities.split('|').some((place) => place === offer.product || isWithin(path, place)),
  );
}

function problemsOfOffer(offer: OfferRecord): string[] {
  const { sku, price, moq, packSize = 1, priceBreaks = [], stock = 0, kind } = offer;
  const isMoney = (amount: number) => amount > 0 && Number(amount.toFixed(4)) === amount;
  const isFalling = priceBreaks.every(([quantity, amount], index) => {
    const before = priceBreaks[index - 1];
    return quantity % packSize === 0 && (!before || (quantity > before[0] && amount < before[1]));
  });
  const attributes = Object.entries(offer.attrs);
  return [
    ...problemUnless(price === null || isMoney(price), `${sku}: price ${price}`),
    ...problemUnless(priceBreaks.every(([, amount]) => isMoney(amount)) && isFalling, `${sku}: price breaks`),
    ...problemUnless(
      priceBreaks.length === 0 || (priceBreaks[0]![0] === moq && priceBreaks[0]![1] === price),
      `${sku}: first price break`,
    ),
    ...problemUnless(
      moq % packSize === 0 && stock % packSize === 0,
      `${sku}: minimum or stock is not whole packs`,
    ),
    ...problemUnless(
      attributes.length >= 3 && attributes.length <= 8,
      `${sku}: ${attributes.length} attributes`,
    ),
    ...problemUnless(kind === 'product' || offer.stock === undefined, `${sku}: a service in stock`),
    ...problemUnless((kind === 'product') === (offer.model !== null), `${sku}: only services have no code`),
    ...problemUnless(
      !/undefined|NaN|null|\s{2}|\$\{/.test(
        JSON.stringify({ ...offer, model: offer.model ?? '', price: price ?? 0 }),
      ),
      `${sku}: a hole in a text`,
    ),
  ];
}

/** Names, codes and tags may be a vendor's own. */
const SAME_FOR_ALL = ['description', 'category', 'kind', 'unit', 'attrs'] as const;
const MOST_VENDORS = 7;

function problemsOfProducts({ offers }: Catalogue): string[] {
  const groups = byProduct(offers);
  const services = groups.filter(([first]) => first!.kind === 'service').length;
  const shared = groups.filter((group) => group.length > 1).length / groups.length;
  return [
    ...problemUnless(groups.length >= 1500, `only ${groups.length} products`),
    ...problemUnless(services >= 120, `only ${services} services`),
    ...problemUnless(shared >= 0.35 && shared <= 0.45, `${shared} of the products have several vendors`),
    ...problemUnless(distinct(offers.map(({ sku }) => sku)) === offers.length, 'an order code occurs twice'),
    ...ambiguousCodes(offers).map((code) => `${code} names several products`),
    ...groups.flatMap((group) => {
      const [first] = group;
      const label = first!.product;
      const texts = group.map((offer) => JSON.stringify(SAME_FOR_ALL.map((field) => offer[field] ?? null)));
      const euros = group.flatMap(({ price, currency }) =>
        price === null ? [] : [price / RATES.get(currency)!],
      );
      return [
        ...problemUnless(group.length <= MOST_VENDORS, `${label}: ${group.length} vendors`),
        ...problemUnless(
          distinct(group.map(({ vendor }) => vendor)) === group.length,
          `${label}: a vendor twice`,
        ),
        ...problemUnless(distinct(texts) === 1, `${label}: records differ, or two products share the key`),
        ...problemUnless(
          euros.length === 0 || Math.max(...euros) / Math.min(...euros) < 1.3,
          `${label}: prices too far apart`,
        ),
      ];
    }),
  ];
}

function problemsOfWords({ categories, offers, words }: Catalogue): string[] {
  return [
    ...categories
      .filter((category) => category['name.sr'] === '')
      .map(({ path }) => `${path} has no Serbian name`),
    ...withoutSerbian(offers, words).map((word) => `no Serbian for ${word}`),
  ];
}

function ambiguousCodes(offers: OfferRecord[]): string[] {
  const named = offers.flatMap(({ product, sku, model, otherCodes = [] }) =>
    [sku, ...(model === null ? [] : [model]), ...otherCodes].map((code) => ({ code, product })),
  );
  return [...Map.groupBy(named, ({ code }) => code)]
    .filter(([, places]) => distinct(places.map(({ product }) => product)) > 1)
    .map(([code]) => code);
}

function problemsOfPeople({ people, agents, offers }: Catalogue): string[] {
  const roles = (role: Person['role']) => people.filter((person) => person.role === role);
  const [one, other] = [...new Set(roles('agent').map(({ vendor }) => vendor))];
  const common = byProduct(offers).filter((group) =>
    [one, other].every((id) => group.some(({ vendor }) => vendor === id)),
  );
  return [
    ...problemUnless(
      roles('staff').length >= 1 && roles('buyer').length >= 2 && roles('manager').length >= 2,
      'a role without people',
    ),
    ...problemUnless(
      common.length >= 5,
      `the two vendors of the demo agents share ${common.length} products`,
    ),
    ...[one, other].flatMap((vendor) =>
      (['sales', 'support'] as const).flatMap((kind) =>
        problemUnless(
          roles('agent').some((person) =>
            agents.some(
              (agent) => agent.vendor === vendor && agent.kind === kind && agent.email === person.agentEmail,
            ),
          ),
          `no ${kind} agent of ${vendor} among the people`,
        ),
      ),
    ),
  ];
}

function byProduct(offers: OfferRecord[]): OfferRecord[][] {
  return [...Map.groupBy(offers, ({ product }) => product).values()];
}

/** Returns statistics of the catalogue as text. */
export function reportOf({ vendors, agents, categories, offers }: Catalogue): string {
  const groups = byProduct(offers);
  const several = (count: number) => groups.filter((group) => group.length === count).length;
  const tally = (values: string[]) =>
    [...Map.groupBy(values, (value) => value)]
      .map(([value, same]) => `${value} ${same.length}`)
      .sort()
      .join(', ');
  const responsible = offers.map((offer) => responsibleFor(offer, agents, categories));
  const sellers = responsible.map((list) => `${list.filter(({ kind }) => kind === 'sales').length} agents`);
  return [
    `products ${groups.length}, of them services ${groups.filter(([first]) => first!.kind === 'service').length}; offers ${offers.length}`,
    `by number of vendors: ${Array.from({ length: MOST_VENDORS }, (_, n) => `${n + 1}: ${several(n + 1)}`).join(', ')} (several: ${((100 * (groups.length - several(1))) / groups.length).toFixed(1)} %)`,
    `vendors by country: ${tally(vendors.map(({ country }) => country))}`,
    `vendors by currency: ${tally(vendors.map(({ currency }) => currency))}`,
    `agents: ${agents.length} (${tally(agents.map(({ kind }) => kind))}); sales agents of an offer: ${tally(sellers)}; with support: ${responsible.filter((list) => list.some(({ kind }) => kind === 'support')).length}`,
    `on request ${offers.filter(({ price }) => price === null).length}, sold out ${offers.filter(({ stock }) => stock === 0).length}, below one cent's precision ${offers.filter(({ price }) => price && Number(price.toFixed(2)) !== price).length}, with price breaks ${offers.filter((offer) => offer.priceBreaks).length}`,
    `without description ${groups.filter(([first]) => !first!.description).length}; pack sizes: ${tally(offers.map(({ packSize }) => `of ${packSize ?? 1}:`))}`,
  ].join('\n');
}
