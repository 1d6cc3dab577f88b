/** Scheduled backups: encrypted archives, made and checked by a running centre, and which of them are kept. */
package uz.koprik.gateway.backup;
