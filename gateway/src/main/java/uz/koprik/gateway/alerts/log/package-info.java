/** Alerts and the log that keeps them: a file with one gateway, records of the state store with several. */
package uz.koprik.gateway.alerts.log;
