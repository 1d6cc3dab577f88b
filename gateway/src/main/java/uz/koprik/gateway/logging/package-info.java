/** How lines of the log are written: fit for a terminal, and not more of them than a person can read. */
package uz.koprik.gateway.logging;
