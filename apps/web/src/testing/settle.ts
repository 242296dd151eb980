import { TestBed } from '@angular/core/testing';

const ROUNDS = 3;

/**
 * Lets pending promises run and what they changed be drawn. Unlike `whenStable` it does not wait for requests, which
 * a test answers when it wants to.
 */
export async function settle(): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    await new Promise((resolve) => setTimeout(resolve));
    TestBed.tick();
  }
}
