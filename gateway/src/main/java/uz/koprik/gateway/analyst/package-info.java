/**
 * The analyst API under {@code /api}: JSON in, JSON out, one {@code *Routes} class a resource that imports no other one.
 * Whatever comes in goes through {@link uz.koprik.gateway.exchange.Intake}; whatever goes out goes through {@link
 * uz.koprik.gateway.exchange.Release}. {@code openapi.json} describes every route, and a test holds it to that.
 */
package uz.koprik.gateway.analyst;
