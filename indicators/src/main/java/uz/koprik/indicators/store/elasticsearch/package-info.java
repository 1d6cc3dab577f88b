/**
 * The store on an Elasticsearch cluster, which several gateways of one centre may share: a log that is the truth,
 * compact rows in every gateway, and an index of entries as a view. Nothing outside this package knows the client.
 *
 * <p>How the sequence stays one though many write to it: {@code docs/adr/0003-elasticsearch-sequence.md}.
 */
package uz.koprik.indicators.store.elasticsearch;
