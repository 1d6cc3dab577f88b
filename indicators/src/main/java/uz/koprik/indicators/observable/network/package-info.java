/** Where an observable lies: hosts, domains above it, networks around it, as keys that can be searched by range. */
package uz.koprik.indicators.observable.network;
