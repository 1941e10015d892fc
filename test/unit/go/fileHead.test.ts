// The head of a file from its text alone: it must not be taken in by what merely looks like a clause or a constraint.
import { describe, expect, it } from 'vitest';
import { fileHead } from '../../../server/src/languages/go/declare/fileHead.js';

describe('head of a Go file', () => {
  it.each([
    ['plain', 'package a\n', 'a', null],
    ['after comments', '// Copyright\n\n/* package no\npackage neither */ package yes // fine\n', 'yes', null],
    ['a constraint', '//go:build linux && !cgo\r\n\r\npackage a\r\n', 'a', 'linux && !cgo\r'],
    ['the first constraint holds', '//go:build a\n//go:build b\npackage p', 'p', 'a'],
    ['none below the clause', 'package p\n//go:build ignore\n', 'p', null],
    ['none in a comment', '/*\n//go:build ignore\n*/\npackage p', 'p', null],
    ['letters of all alphabets', 'package größe_2;', 'größe_2', null],
    ['no clause', 'func main() {}\npackage p', '', null],
    ['packages is no keyword', 'packages p', '', null],
    ['nothing', '', '', null],
    ['a comment without end', '/* package p', '', null],
  ])('%s', (_, text, packageName, constraint) => {
    expect(fileHead(text)).toEqual({ packageName, constraint });
  });
});
