/**
 * Case files from the tables of other systems: a mapping says which column is what, and every row either says something
 * of a case or is refused with line, column and reason.
 */
package uz.koprik.indicators.cases.tables;
