// Who takes which group, over memory that threads share.
import { describe, expect, it } from 'vitest';
import { GroupClaims, planOf } from '../../../server/src/workspace/groupClaims.js';

describe('claims over a list of groups', () => {
  it('give each group to one thread, in the order of the list but for what was taken ahead', () => {
    const memory = new SharedArrayBuffer(GroupClaims.bytes(5));
    const one = new GroupClaims(memory, 1);
    const two = new GroupClaims(memory, 2);
    expect(one.next()).toBe(0);
    expect(one.claim(3)).toBe(true);
    expect(two.claim(3)).toBe(false);
    expect([two.next(), one.next(), two.next(), one.next(), two.next()]).toEqual([1, 2, 4, -1, -1]);
    expect(one.takenBy(1)).toEqual([0, 2, 3]);
    expect(two.takenBy(2)).toEqual([1, 4]);
  });

  it('tell a thread that waits whether others are at work', () => {
    const memory = new SharedArrayBuffer(GroupClaims.bytes(2));
    const one = new GroupClaims(memory, 1);
    const two = new GroupClaims(memory, 2);
    one.enter();
    expect(one.wait(1)).toBe(false);
    two.enter();
    expect(one.wait(1)).toBe(true);
    expect(two.wait(1)).toBe(true);
    two.leave();
    expect(one.wait(1)).toBe(false);
  });

  it('give the front in order, then each thread its stretch, then what is left from the end of the fullest', () => {
    const sizes = [9, 9, 1, 1, 1, 1, 4, 1, 1];
    const plan = planOf(sizes, 2, 2);
    expect(plan).toEqual({ front: 2, stretches: [2, 7] });
    const memory = new SharedArrayBuffer(GroupClaims.bytes(sizes.length));
    const one = new GroupClaims(memory, 1, plan, 0);
    const two = new GroupClaims(memory, 2, plan, 1);
    expect([one.next(), two.next()]).toEqual([0, 1]);
    expect([two.next(), one.next(), two.next()]).toEqual([7, 2, 8]);
    expect([two.next(), two.next(), one.next(), one.next(), one.next()]).toEqual([6, 5, 3, 4, -1]);
    expect(two.next()).toBe(-1);
  });

  it.each([[[], 0, 2], [[1], 0, 4], [[1, 1], 2, 3], [[5, 0, 0, 0], 0, 3]])('leave nothing out: sizes %j, front %i, %i threads', (sizes, front, threads) => {
    const plan = planOf(sizes, front, threads);
    const memory = new SharedArrayBuffer(GroupClaims.bytes(sizes.length));
    const taken: number[] = [];
    for (let place = threads - 1; place >= 0; place--) {
      const claims = new GroupClaims(memory, place + 1, plan, place);
      for (let index = claims.next(); index >= 0; index = claims.next()) taken.push(index);
    }
    expect(taken.sort((a, b) => a - b)).toEqual([...sizes.keys()]);
  });

  it('tell how far a group is, whoever has it, and pass it on', () => {
    const memory = new SharedArrayBuffer(GroupClaims.bytes(3));
    const one = new GroupClaims(memory, 1);
    const two = new GroupClaims(memory, 2);
    one.claim(0);
    one.claim(1);
    one.finish(0, true);
    one.finish(1, false);
    expect([0, 1, 2].map((index) => two.state(index))).toEqual(['done', 'doneWithoutFacts', 'free']);
    expect(one.isMine(0)).toBe(true);
    expect(two.isMine(0)).toBe(false);
    expect(two.takenBy(1)).toEqual([0, 1]);
    one.give(0, 2);
    expect(two.state(0)).toBe('taken');
    expect(two.isMine(0)).toBe(true);
  });

  it('are cancelled for all at once, and a cancellation ends a pause', () => {
    const memory = new SharedArrayBuffer(GroupClaims.bytes(1));
    const one = new GroupClaims(memory, 1);
    const two = new GroupClaims(memory, 2);
    one.pause(true);
    one.cancel();
    expect(two.cancelled).toBe(true);
    two.waitWhilePaused(); // returns
    two.wait(10_000); // does not wait
  });
});
