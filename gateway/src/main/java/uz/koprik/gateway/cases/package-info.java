/**
 * Case files at work: changed one after the other, filled from the tables of other systems, shared in parts. No HTTP here;
 * everything goes in through intake and out through release.
 */
package uz.koprik.gateway.cases;
