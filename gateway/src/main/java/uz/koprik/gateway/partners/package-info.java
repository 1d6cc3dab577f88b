/** Partner centres: whom this centre trusts, what was agreed with each, and who this centre itself is. */
package uz.koprik.gateway.partners;
