/**
 * The two doors. Everything that enters the centre goes through {@link uz.koprik.gateway.exchange.Intake}; everything that
 * leaves it goes through {@link uz.koprik.gateway.exchange.Release}. Feeds between partners are built on these two.
 */
package uz.koprik.gateway.exchange;
