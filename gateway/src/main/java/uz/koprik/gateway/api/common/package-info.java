/**
 * What the resources of the analyst API share: services, JSON, parameters, cursors, and views of matches, signers and
 * verdicts.
 */
package uz.koprik.gateway.api.common;
