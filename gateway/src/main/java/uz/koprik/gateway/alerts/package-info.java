/**
 * Alerts: matches of case files, and conflicts of ids. Each is emitted once, stored durably, and delivered to those who
 * may know of it: as an event stream, by signed webhook, in a daily digest.
 */
package uz.koprik.gateway.alerts;
