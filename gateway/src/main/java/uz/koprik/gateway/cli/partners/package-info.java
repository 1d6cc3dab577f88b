/** Commands about partner centres. */
package uz.koprik.gateway.cli.partners;
