/**
 * Feeds of others as sources of indicators: fetched at intervals, compared with what was there last time, and submitted
 * through intake. Partners are not here: {@link uz.koprik.gateway.feeds}.
 */
package uz.koprik.gateway.sources;
