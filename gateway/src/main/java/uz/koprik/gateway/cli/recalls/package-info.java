/** Commands that take back what was given to partners. */
package uz.koprik.gateway.cli.recalls;
