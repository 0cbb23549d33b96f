import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RequestMethod } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { ZodType } from 'zod';
import { OPERATION, PUBLIC, type OperationSpec } from '../operation.js';

export type ParameterPlace = 'body' | 'query' | 'path';

/** One decorated parameter of a handler: where its value comes from, and its shape. */
export interface RouteParameter {
  readonly place: ParameterPlace;
  /** Null when the whole of the body, query or path parameters is meant. */
  readonly name: string | null;
  readonly schema: ZodType | null;
}

/** One described route. */
export interface DescribedRoute {
  readonly method: string;
  /** As OpenAPI writes it: `/api/v1/referrals/{id}`. */
  readonly path: string;
  /** The controller's name without `Api`. */
  readonly group: string;
  readonly name: string;
  readonly isPublic: boolean;
  readonly spec: OperationSpec;
  readonly parameters: readonly RouteParameter[];
}

type Handler = (...args: never[]) => unknown;
type Controller = abstract new (...args: never[]) => object;

/** Nest's numbers for what a parameter is taken from. */
const PLACES: Readonly<Record<string, ParameterPlace>> = { 3: 'body', 4: 'query', 5: 'path' };

const metadata = (key: string, target: object, property?: string): unknown =>
  property === undefined ? Reflect.getMetadata(key, target) : Reflect.getMetadata(key, target, property);

const isSpec = (value: unknown): value is OperationSpec =>
  typeof value === 'object' && value !== null && 'answers' in value && 'summary' in value;

const texts = (value: unknown): string[] => (typeof value === 'string' ? [value] : []);

function joined(...parts: readonly string[]): string {
  const path = parts
    .flatMap((part) => part.split('/'))
    .filter((part) => part !== '')
    .map((part) => (part.startsWith(':') ? `{${part.slice(1)}}` : part))
    .join('/');
  return `/${path}`;
}

function parametersOf(controller: Controller, name: string): RouteParameter[] {
  const args = metadata(ROUTE_ARGS_METADATA, controller, name);
  if (typeof args !== 'object' || args === null) return [];
  return Object.entries(args).flatMap(([key, about]: [string, unknown]) => {
    const place = PLACES[key.split(':', 1)[0] ?? ''];
    if (place === undefined || typeof about !== 'object' || about === null) return [];
    const data = 'data' in about && typeof about.data === 'string' ? about.data : null;
    const schema = 'schema' in about && about.schema instanceof ZodType ? about.schema : null;
    return [{ place, name: data, schema }];
  });
}

function methodOf(handler: Handler): string | null {
  const number = metadata(METHOD_METADATA, handler);
  return typeof number === 'number' ? (RequestMethod[number]?.toLowerCase() ?? null) : null;
}

function routeOf(controller: Controller, name: string, handler: Handler): DescribedRoute[] {
  const spec = metadata(OPERATION, handler);
  const method = methodOf(handler);
  if (method === null || !isSpec(spec)) return [];
  const [base = ''] = texts(metadata(PATH_METADATA, controller));
  const [own = ''] = texts(metadata(PATH_METADATA, handler));
  const isPublic = metadata(PUBLIC, handler) === true || metadata(PUBLIC, controller) === true;
  const group = controller.name.replace(/Api$/, '');
  const parameters = parametersOf(controller, name);
  return [{ method, path: joined(base, own), group, name, isPublic, spec, parameters }];
}

function handlersOf(controller: Controller): [string, Handler][] {
  const prototype: object = controller.prototype;
  return Object.getOwnPropertyNames(prototype)
    .filter((name) => name !== 'constructor')
    .map((name): [string, unknown] => [name, Reflect.get(prototype, name)])
    .filter((entry): entry is [string, Handler] => typeof entry[1] === 'function');
}

const isController = (value: unknown): value is Controller => typeof value === 'function' && 'prototype' in value;

/** Every route with an `@Operation`, in the order of its path. */
export function describedRoutes(discovery: DiscoveryService): DescribedRoute[] {
  const controllers = discovery.getControllers().map(({ metatype }) => metatype);
  const routes = controllers
    .filter(isController)
    .flatMap((controller) => handlersOf(controller).flatMap(([name, handler]) => routeOf(controller, name, handler)));
  return routes.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
