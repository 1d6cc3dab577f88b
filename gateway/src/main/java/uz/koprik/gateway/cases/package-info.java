/**
 * Case files: changed one version after another, imported from tables of other systems, shared in parts. No HTTP here;
 * everything goes in through intake and out through release.
 */
package uz.koprik.gateway.cases;
