/**
 * Feeds between partners: TAXII 2.1 clients that pull and push, their positions, and what an operator reads of them.
 */
package uz.koprik.gateway.feeds;
