/**
 * What a centre remembers besides objects, in named papers: subscriptions, places, searches. Knows of no backend: a {@link
 * uz.koprik.indicators.store.papers.Papers} is what one must offer.
 */
package uz.koprik.indicators.store.papers;
