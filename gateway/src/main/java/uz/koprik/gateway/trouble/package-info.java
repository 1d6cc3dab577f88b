/** What is wrong, for operators: sentences with stable codes, which the console says in the reader's language. */
package uz.koprik.gateway.trouble;
