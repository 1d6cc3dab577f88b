/**
 * The way out. Everything that leaves the centre is read through {@link uz.koprik.gateway.release.Release}, which knows
 * its recipient.
 */
package uz.koprik.gateway.release;
