/** A command could not do what it was asked to; the message says why, and what to do. */
export class OperatorError extends Error {}

/** A command was not called as it is to be. */
export class UsageError extends Error {}
