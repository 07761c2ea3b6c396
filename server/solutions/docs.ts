import type { OperationDocs } from '#server/platform/docs.ts';

/** The words of its operations in the API document, by operationId. */
export const docs: OperationDocs = {
  listSolutions: {
    summary: "The buyer's solutions, latest first",
  },
  createSolution: {
    summary: 'Start a solution and make it the current one',
  },
  getSolution: {
    summary: 'A solution with a page of its lines',
    description: 'The id `current` is the one that additions go to. Totals are those of all lines.',
  },
  getSolutionSummary: {
    summary: 'The number of lines of the current solution, and which of these products are in it',
    parameters: {
      products: 'Product ids, separated by commas',
    },
  },
  updateSolution: {
    summary: 'Rename a solution, or make it the current one',
  },
  addSolutionLine: {
    summary: 'Add a product to a solution',
    description:
      "`offerIds`: the offers to ask for, by default the only or best one. A quantity that an asked partner doesn't sell is refused as `quantity_not_sellable`. Repeating the `Idempotency-Key` adds nothing.",
  },
  addSolutionLinesByCode: {
    summary: 'Add many products by code',
    description: '`text` as it was copied, or `rows`. Answers per row; with `dryRun` nothing is added.',
  },
  updateSolutionLine: {
    summary: 'Change a line',
    description: 'Only the fields that are sent change.',
  },
  removeSolutionLine: {
    summary: 'Remove a line',
  },
  restoreSolutionLine: {
    summary: 'Restore a removed line',
  },
  readList: {
    summary: 'Read a list of codes and quantities',
    description:
      'As JSON `{text}` or as multipart with one file: CSV, XLSX, an HTML table, JSON, a mail. Adds nothing; what was understood is kept for a day.',
  },
  getList: { summary: 'A list that was read, and what was understood' },
  remapList: {
    summary: 'Correct what the columns of a list mean',
    description: 'Answers the list as understood by these columns.',
  },
  addList: {
    summary: 'Add the ready rows of a list',
    description:
      'Or the named `rows`, with corrections. `ask`: one partner for each product, or all that have it. Answers per row; repeating the `Idempotency-Key` adds nothing.',
  },
  copySolution: {
    summary: 'Copy a solution',
    description:
      'Sent ones, too. The copy becomes the current solution. Repeating the `Idempotency-Key` answers the same copy.',
  },
  copySharedSolution: {
    summary: 'Copy the solution of a read-only link',
    description: 'The copy becomes the current solution.',
  },
  getSolutionShare: { summary: 'The read-only link of a solution' },
  shareSolutionByLink: {
    summary: 'Share a solution by a read-only link',
    description: 'Sharing again answers the same link until `stopSharingSolution` has ended it.',
  },
  stopSharingSolution: {
    summary: 'End the read-only link of a solution',
    description: 'For good. Idempotent.',
  },
  getSharedSolution: {
    summary: 'A solution by its read-only link',
    description: 'Nothing of its buyer.',
  },
};
