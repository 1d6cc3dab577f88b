/** STIX objects in the analyst API: submission, reading, graph, timeline and verdicts. */
package uz.koprik.gateway.api.objects;
