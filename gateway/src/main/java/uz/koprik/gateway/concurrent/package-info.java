/**
 * The threads of a centre: who starts them, who notices that one failed, and how the process ends when one cannot go
 * on.
 */
package uz.koprik.gateway.concurrent;
