/** Searches of the analyst API: the search box, saved searches, and lists of values. */
package uz.koprik.gateway.api.search;
