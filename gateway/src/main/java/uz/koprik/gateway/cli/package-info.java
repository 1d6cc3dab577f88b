/** The command line: one class a command. The only place that writes to standard output. */
package uz.koprik.gateway.cli;
