/** Matches between case files and other objects, found as objects come in and as case files change. */
package uz.koprik.gateway.casematch;
