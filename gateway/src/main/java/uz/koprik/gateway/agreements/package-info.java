/**
 * Agreements that two centres signed: proposing, countersigning, changing and ending them, their exchange with the
 * partner, and the terms that follow from them. Release decisions are not here.
 */
package uz.koprik.gateway.agreements;
