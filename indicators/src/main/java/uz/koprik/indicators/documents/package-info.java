/**
 * Reads reports and mails of all usual formats and finds the values in them, each with its place and the sentence
 * around it. Stores nothing and decides nothing: what becomes an object is for a person to choose.
 */
package uz.koprik.indicators.documents;
