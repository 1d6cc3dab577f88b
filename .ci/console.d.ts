// What the type check of the console takes as given.

// It has no types of its own.
declare module 'd3';

// A selector does not say of which type the element is that it finds.
interface ParentNode {
  querySelector(selectors: string): any;
  querySelectorAll(selectors: string): NodeListOf<any>;
}
interface Element {
  closest(selectors: string): any;
}

// Browsers have these; the libraries of earlier compilers do not.
interface Array<T> {
  findLast(predicate: (value: T, index: number) => unknown): T | undefined;
  findLastIndex(predicate: (value: T, index: number) => unknown): number;
  toReversed(): T[];
  toSorted(compare?: (one: T, other: T) => number): T[];
}
interface MapConstructor {
  groupBy<K, T>(items: Iterable<T>, key: (item: T, index: number) => K): Map<K, T[]>;
}
interface HTMLElement {
  popover: string | null;
  showPopover(): void;
  hidePopover(): void;
}
