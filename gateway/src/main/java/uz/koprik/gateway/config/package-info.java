/**
 * What an operator can set, and where a centre keeps its files. Reads {@code koprik.yaml} strictly: nothing is guessed.
 */
package uz.koprik.gateway.config;
