// Copies the console's modules for the type check: node .ci/types.mjs FROM TO. All line numbers stay.
// - Lit makes the reactive properties that `static properties` names; the copy declares them as fields.
// - The compiler reads tags of JSDoc at the beginning of a line alone; the copy leaves out the words before them.
import { cpSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PROPERTIES = /^  static properties = (\{.*\}|\{[\s\S]*?^  \});$/gm;

const WORDS = /^(\s*(?:\/\*\*|\*) )(?!@)[^\n]*?(?=@(?:param|returns|type|typedef) )/gm;

const [from, to] = process.argv.slice(2);
cpSync(from, to, { recursive: true });
modules(to).forEach((file) => writeFileSync(file, declared(readFileSync(file, 'utf8'))));

function modules(folder) {
  return readdirSync(folder).map((name) => join(folder, name)).flatMap((path) => (statSync(path).isDirectory() ? modules(path) : path.endsWith('.js') ? [path] : []));
}

function declared(text) {
  return text.replace(WORDS, '$1').replace(PROPERTIES, (all, object) => {
    const names = [...object.slice(1, -1).replace(/\{[^{}]*\}/g, '{}').matchAll(/(\w+):/g)].map((match) => match[1]);
    return `  /** @type {any} */ ${all.trimStart()}${names.map((name) => ` /** @type {any} */ ${name};`).join('')}`;
  });
}
