/** How files of the field are laid out: words of headers and types, forms of cells, lines of lists, feeds by name. */
package uz.koprik.indicators.imports.layout;
