/** Forms of values that need nothing but their text: each class returns a normal form, or null. */
package uz.koprik.indicators.observable.forms;
