/** Keeps this centre's own card and trust list current, and knows when keys, cards, lists and certificates end. */
package uz.koprik.gateway.renewal;
