/** Several property decorators as one, applied bottom up as if they stood there one by one. */
export const applyDecorators =
  (...decorators: PropertyDecorator[]): PropertyDecorator =>
  (target, key) => {
    for (const decorate of decorators.toReversed()) decorate(target, key);
  };
