// The timers that every platform of VS Code has, Node and browser alike.
declare function setTimeout(run: () => void, milliseconds: number): { readonly __timer: never };
declare function clearTimeout(timer: { readonly __timer: never }): void;
