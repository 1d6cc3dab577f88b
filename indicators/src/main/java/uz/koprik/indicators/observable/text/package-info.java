/** Recognition of observables in free text and in single cells. */
package uz.koprik.indicators.observable.text;
