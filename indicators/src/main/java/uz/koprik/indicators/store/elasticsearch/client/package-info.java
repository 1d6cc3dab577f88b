/** Requests to an Elasticsearch cluster: connection, retries, and replacement of a document by compare-and-set. */
package uz.koprik.indicators.store.elasticsearch.client;
