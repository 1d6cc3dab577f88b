/** Forms of addresses of coins and their check digits; no names of observables and no wording. */
package uz.koprik.indicators.observable.coins;
