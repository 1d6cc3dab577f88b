/** What a running centre notices about its own operation. */
package uz.koprik.gateway.upkeep;
