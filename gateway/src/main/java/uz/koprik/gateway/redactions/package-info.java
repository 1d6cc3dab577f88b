/** Redactions: objects of this centre that are others without their stricter parts ({@code docs/redaction.md}). */
package uz.koprik.gateway.redactions;
