// The type table while declarations are read for it: whatever its size, an answer is the same before and after it had to grow.
import { describe, expect, it } from 'vitest';
import { BasicType, TypeKind } from '../../../server/src/languages/go/types/typeKind.js';
import { TypeTable } from '../../../server/src/languages/go/types/typeTable.js';

describe('type table', () => {
  it('knows the kind of a type whose declaration makes it grow', () => {
    const types = new TypeTable();
    let arrays = 0;
    const manyMore = (): void => { for (let i = 0; i < 5000; i++) types.array(BasicType.Int, arrays++); };
    types.resolver = {
      underlyingOfNamed: () => {
        manyMore();
        return types.interface([7, 0, types.func([], [types.array(BasicType.Int, arrays++)], false)], []);
      },
      constraintOf: () => {
        manyMore();
        return types.interface([], [types.union([types.array(BasicType.Int, arrays++), 0])]);
      },
    };
    for (let object = 100; object < 110; object++) expect(types.underKind(types.named(object))).toBe(TypeKind.Interface);
    for (let object = 200; object < 210; object++) expect(types.kind(types.constraint(types.typeParam(object, 0)))).toBe(TypeKind.Interface);
  });
});
