/** Commands that show what is due, and erase objects. */
package uz.koprik.gateway.cli.retention;
