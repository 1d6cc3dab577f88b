/** What operators and control rooms see of a running centre, and how a partner is added to it. */
package uz.koprik.gateway.operations;
