/**
 * What waits at the release desk and what was decided there, as papers of the state store. What a decision does to
 * stored objects is in {@code gateway.release}.
 */
package uz.koprik.gateway.desk;
