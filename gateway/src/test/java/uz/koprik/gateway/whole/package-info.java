/** Tests of the whole: centres as child processes, reached by public means only, killed without warning. */
package uz.koprik.gateway.whole;
