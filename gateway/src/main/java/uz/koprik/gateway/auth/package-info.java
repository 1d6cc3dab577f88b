/** From a request to a caller: partners by client certificate, accounts by password or token; and what each may do. */
package uz.koprik.gateway.auth;
