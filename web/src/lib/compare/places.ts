import type { Api } from '#lib/api/paths.ts';
import type { operations } from '#lib/api/schema.d.ts';
import type { BodyOf, DataOf } from '#lib/api/types.ts';

type Query = NonNullable<operations['compareQuotes']['parameters']['query']>;

/** The operations of a buyer on one request, by its id or by its follow link. */
export interface Place {
  compare: (query: Query) => Promise<DataOf<operations['compareQuotes']>>;
  accept: (body: BodyOf<operations['acceptQuote']>) => Promise<DataOf<operations['acceptQuote']>>;
  decline: (body: BodyOf<operations['declineQuote']>) => Promise<unknown>;
  askRevision: (body: BodyOf<operations['askRevision']>) => Promise<unknown>;
  giveMoreTime: (body: BodyOf<operations['giveMoreTime']>) => Promise<unknown>;
  postMessage: (enquiryId: string, text: string) => Promise<unknown>;
  revokeLink: (enquiryId: string, deliveryId: string) => Promise<unknown>;
  renewLink: (enquiryId: string, deliveryId: string) => Promise<unknown>;
}

export type PlaceOf = (api: Api, params: { id?: string; token?: string }) => Place;

export const ownRequest: PlaceOf = (api, { id = '' }) => {
  const path = { id };
  const params = { path };
  return {
    compare: (query) => api.get('/api/requests/{id}/comparison', { params: { path, query } }),
    accept: (body) => api.post('/api/requests/{id}/acceptance', { params, body }),
    decline: (body) => api.post('/api/requests/{id}/decline', { params, body }),
    askRevision: (body) => api.post('/api/requests/{id}/revision', { params, body }),
    giveMoreTime: (body) => api.post('/api/requests/{id}/deadline', { params, body }),
    postMessage: (enquiryId, text) =>
      api.post('/api/enquiries/{id}/messages', { params: { path: { id: enquiryId } }, body: { text } }),
    revokeLink: (enquiryId, deliveryId) =>
      api.delete('/api/enquiries/{id}/links/{deliveryId}', {
        params: { path: { id: enquiryId, deliveryId } },
      }),
    renewLink: (enquiryId, deliveryId) =>
      api.post('/api/enquiries/{id}/links/{deliveryId}', { params: { path: { id: enquiryId, deliveryId } } }),
  };
};

export const followedRequest: PlaceOf = (api, { token = '' }) => {
  const path = { token };
  const params = { path };
  return {
    compare: (query) => api.get('/api/follow/{token}/comparison', { params: { path, query } }),
    accept: (body) => api.post('/api/follow/{token}/acceptance', { params, body }),
    decline: (body) => api.post('/api/follow/{token}/decline', { params, body }),
    askRevision: (body) => api.post('/api/follow/{token}/revision', { params, body }),
    giveMoreTime: (body) => api.post('/api/follow/{token}/deadline', { params, body }),
    postMessage: (enquiryId, text) =>
      api.post('/api/follow/{token}/messages', { params, body: { enquiryId, text } }),
    revokeLink: (id, deliveryId) =>
      api.delete('/api/follow/{token}/enquiries/{id}/links/{deliveryId}', {
        params: { path: { token, id, deliveryId } },
      }),
    renewLink: (id, deliveryId) =>
      api.post('/api/follow/{token}/enquiries/{id}/links/{deliveryId}', {
        params: { path: { token, id, deliveryId } },
      }),
  };
};
