/**
 * The analyst API under {@code /api}: JSON in, JSON out. Each {@code *Routes} class serves one resource and imports no
 * other one. {@code openapi.json} describes every route, and a test compares both.
 */
package uz.koprik.gateway.api;
