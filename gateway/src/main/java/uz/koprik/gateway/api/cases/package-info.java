/** Case files in the analyst API: reading, changes, imports, shares and matches. */
package uz.koprik.gateway.api.cases;
