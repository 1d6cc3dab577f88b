/** Imports and exports of the analyst API, of any size, read and written as streams. */
package uz.koprik.gateway.api.transfer;
