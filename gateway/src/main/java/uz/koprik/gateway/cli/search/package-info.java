/** Commands for objects of a running centre: search, submission, import, export and alerts. */
package uz.koprik.gateway.cli.search;
