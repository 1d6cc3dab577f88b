/** The HTTPS server: TLS, limits, request ids, and one place where an error becomes a status. */
package uz.koprik.gateway.http;
