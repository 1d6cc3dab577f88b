/** Where URLs begin and end in running text: one class for each kind of text around them. */
package uz.koprik.indicators.observable.text.url;
