import 'reflect-metadata';
import type { ValidationError } from 'class-validator';
import { flattenErrors } from './flatten-errors';

const node = (
  property: string,
  constraints?: Record<string, string>,
  children: ValidationError[] = [],
): ValidationError => ({ property, children, ...(constraints === undefined ? {} : { constraints }) });
const leaf = (property: string, message: string) => node(property, { rule: message });

describe('validation errors', () => {
  it('become an empty list when there are none', () => {
    expect(flattenErrors([])).toEqual([]);
  });

  it('get dotted paths with indexes', () => {
    const tree = [
      node('credential', undefined, [
        node('gateways', undefined, [
          node('0', undefined, [leaf('port', 'too high')]),
          node('2', undefined, [leaf('ip', 'wrong')]),
        ]),
      ]),
      leaf('name', 'too long'),
    ];
    expect(flattenErrors(tree)).toEqual([
      { path: 'credential.gateways.0.port', message: 'too high' },
      { path: 'credential.gateways.2.ip', message: 'wrong' },
      { path: 'name', message: 'too long' },
    ]);
  });

  it('name a parent and its children alike', () => {
    expect(flattenErrors([node('list', { rule: 'too short' }, [leaf('0', 'wrong')])])).toEqual([
      { path: 'list', message: 'too short' },
      { path: 'list.0', message: 'wrong' },
    ]);
  });

  it('keep one message a field: that of the rule written first', () => {
    expect(flattenErrors([node('name', { maxLength: 'too long', isString: 'no text' })])).toEqual([
      { path: 'name', message: 'no text' },
    ]);
  });

  it('say of an unknown field that it is not known', () => {
    expect(flattenErrors([node('x', { whitelistValidation: 'property x should not exist' })])).toEqual([
      { path: 'x', message: 'This field is not known here. Remove it.' },
    ]);
  });

  it('speak of a nested value that is no object only when there is nothing else to say', () => {
    const library = { nestedValidation: 'nested property x must be either object or array' };
    expect(flattenErrors([node('x', { isObject: 'Enter it.', ...library })])).toEqual([
      { path: 'x', message: 'Enter it.' },
    ]);
    expect(flattenErrors([node('x', library)])).toEqual([{ path: 'x', message: 'Give an object here.' }]);
  });
});
