/** `1 number`, `3 numbers`. */
export const numbersIn = (count: number): string => (count === 1 ? '1 number' : `${count} numbers`);
