/**
 * The feed that MISP instances pull (manifest, hashes and events), cut for each account. It reads through
 * {@link uz.koprik.gateway.release.Release} only.
 */
package uz.koprik.gateway.api.misp;
