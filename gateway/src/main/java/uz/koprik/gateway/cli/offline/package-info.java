/** Commands that need no centre: validation, verification and patterns of files. */
package uz.koprik.gateway.cli.offline;
