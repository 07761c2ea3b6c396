import type { RequestBodyOption } from 'openapi-fetch';
import type { ListedOffer, operations, WaitingForApproval } from './schema.d.ts';

type ContentOf<Response> = Response extends { content: Record<string, infer Content> } ? Content : undefined;

/** The answer of an operation that succeeds; undefined if it has no content. */
export type DataOf<Operation> = Operation extends { responses: infer Responses }
  ? ContentOf<Responses[keyof Responses & (200 | 201 | 202 | 204)]>
  : never;

export type BodyOf<Operation> = NonNullable<RequestBodyOption<Operation>['body']>;

// Names for types that the document describes inline.
export type CodeRows = DataOf<operations['addSolutionLinesByCode']>;
export type AvailableAgents = DataOf<operations['listAvailableAgents']>;
export type FiledComplaint = DataOf<operations['fileComplaint']>;
export type DeskCallList = DataOf<operations['listAgentCalls']>;
export type LineChange = BodyOf<operations['updateSolutionLine']>;
export type LinesByCode = BodyOf<operations['addSolutionLinesByCode']>;
export type RequestList = DataOf<operations['listRequests']>;
export type RequestStatus = RequestList['items'][number]['status'];
export type SearchResult = DataOf<operations['searchProducts']>;
export type SearchHit = SearchResult['items'][number];
export type SentRequest = Exclude<DataOf<operations['sendRequest']>, WaitingForApproval>;
export type SolutionList = DataOf<operations['listSolutions']>;
export type SolutionSummary = DataOf<operations['getSolutionSummary']>;
export type Suggestions = DataOf<operations['suggest']>;
export type VendorList = DataOf<operations['listVendors']>;
export type VendorSummary = DataOf<operations['getVendor']>;

/** A partner's terms for a product, in lists and on the product's page. */
export type Offer = Omit<ListedOffer, 'freeAgents'>;
