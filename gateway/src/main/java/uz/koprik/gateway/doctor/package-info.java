/** Looks at everything of a centre that can go wrong, from outside, and says what to do. Changes nothing. */
package uz.koprik.gateway.doctor;
