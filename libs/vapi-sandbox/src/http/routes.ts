import type { Resource } from '../resources/resource';
import type { StoredObject } from '../store/stored.types';
import type { Answer } from './answer';
import { select } from './list-query';
import { VapiRefusal } from '../vapi-refusal';

/** What a route gets of a request. */
export interface Call {
  method: string;
  path: string;
  /** Of the path, where the route has one. */
  id: string;
  query: Record<string, unknown>;
  body: unknown;
  authorization?: string;
}

export interface Route {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  url: string;
  answer(call: Call): Answer;
}

/** The five routes of one collection. */
export function routesOf<T extends StoredObject>(url: string, resource: Resource<T>): Route[] {
  const existing = (id: string): T => {
    const item = resource.items.find(id);
    if (!item) throw new VapiRefusal(404, `${resource.noun} Not Found. ID ${id} Does Not Exist.`);
    return item;
  };
  const ok = (item: T, status = 200): Answer => ({ status, body: resource.present(item) });
  return [
    { method: 'POST', url, answer: ({ body }) => ok(resource.create(body), 201) },
    {
      method: 'GET',
      url,
      answer: ({ query }) => ({
        status: 200,
        body: select(resource.items.all(), query).map((item) => resource.present(item)),
      }),
    },
    { method: 'GET', url: `${url}/:id`, answer: ({ id }) => ok(existing(id)) },
    {
      method: 'PATCH',
      url: `${url}/:id`,
      answer: ({ id, body }) => ok(resource.update(existing(id), body)),
    },
    {
      method: 'DELETE',
      url: `${url}/:id`,
      answer: ({ id }) => {
        const item = existing(id);
        resource.remove(item);
        return ok(item);
      },
    },
  ];
}
