/**
 * Alerts: a case file and another object have to do with one another. Each is given once, kept durably, and delivered to
 * those who may know of it: as an event stream, by signed webhook, in a daily digest.
 */
package uz.koprik.gateway.alerts;
