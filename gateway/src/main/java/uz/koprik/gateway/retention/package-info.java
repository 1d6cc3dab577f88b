/** How long objects are kept: what is due, by which rule, what a legal hold stops, and the erasure of the rest. */
package uz.koprik.gateway.retention;
