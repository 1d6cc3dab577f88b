/** Health checks: whether the process runs, and whether the centre can serve. */
package uz.koprik.gateway.health;
