/** Commands about case files. */
package uz.koprik.gateway.cli.cases;
