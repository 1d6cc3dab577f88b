/** Alerts and the log that keeps them in records of the state store. */
package uz.koprik.gateway.alerts.log;
