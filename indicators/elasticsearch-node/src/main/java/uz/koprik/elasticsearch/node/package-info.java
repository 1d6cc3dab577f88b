/**
 * A real Elasticsearch node for tests, from the vendor's artifacts in Maven Central. It uses entry points that the vendor does
 * not promise to keep, so its version is pinned.
 */
package uz.koprik.elasticsearch.node;
