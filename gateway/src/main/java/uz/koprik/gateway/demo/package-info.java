/** A whole exchange of centres on one machine, to watch and to check: only through HTTPS and the command line. */
package uz.koprik.gateway.demo;
