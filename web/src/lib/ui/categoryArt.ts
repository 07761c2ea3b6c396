// The first pair whose words occur in a category's name decides, from the deepest level upwards.
const drawings: readonly (readonly [words: RegExp, drawing: string])[] = [
  [/\bi o\b|input|output module/i, 'io'],
  [/plc|controller|control system/i, 'plc'],
  [/sensor|barrier|encoder|switch(es)? and probes/i, 'sensor'],
  [/inverter|drive|servo|motor/i, 'drive'],
  [/power suppl|battery|transformer/i, 'psu'],
  [/relay/i, 'relay'],
  [/contactor|starter|breaker|switchgear|fuse/i, 'starter'],
  [/terminal/i, 'terminal'],
  [/connector|cable|wire|plug|socket outlet/i, 'connector'],
  [/enclosure|cabinet|lighting|luminaire|facilit/i, 'enclosure'],
  [/semiconductor|electronic|resistor|capacitor|\bic\b|component|audio|circuit/i, 'chip'],
  [/bolt|screw|nut|anchor|fastener/i, 'bolt'],
  [/bearing|belt|chain|gear|transmission|mechanical|seal|\bring/i, 'bearing'],
  [/cylinder|pneumat|hydraul|hose|fitting/i, 'cylinder'],
  [/valve/i, 'valve'],
  [/pump|fluid/i, 'pump'],
  [/lubric|grease|oil|adhesive|chemical|clean|lock/i, 'drop'],
  [/drill|grind|power tool|machin/i, 'drill'],
  [/gauge|measur|test|calibrat|meter/i, 'meter'],
  [/plier|tool|spanner|workshop/i, 'pliers'],
  [/glove/i, 'glove'],
  [/helmet|shoe|safety|workwear|protect/i, 'helmet'],
  [/pack|pallet|logist|freight|warehouse|box|tape/i, 'box'],
  [/office|furniture|workplace|paper|print/i, 'desk'],
  [/network|server|computer|\bit\b|software/i, 'network'],
  [/energy|electric/i, 'psu'],
  [/automation|control/i, 'plc'],
  [/service|engineering|rental|disposal|contract|training|consult/i, 'service'],
];

/** Returns the name of the drawing for a category's slug path such as `automation/sensors`. */
export function drawingOf(path: string): string {
  for (const slug of path.split('/').reverse()) {
    const name = slug.replaceAll('-', ' ');
    const found = drawings.find(([words]) => words.test(name));
    if (found) return found[1];
  }
  return 'doc';
}
