/** A running centre: how it starts, step by step, how it stops, and what an operator checks, backs up and restores. */
package uz.koprik.gateway.centre;
