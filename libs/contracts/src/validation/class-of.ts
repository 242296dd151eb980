/** A class whose instances are T; the form in which DTO classes stand in the provider registry. */
export type ClassOf<T> = new () => T;
