/** Dangerous acts that wait for a second administrator. What an act does is known by its route alone. */
package uz.koprik.gateway.api.acts;
