/** Whose keys speak for whom: the signed trust list of a centre, the cards that introduce centres, the keys on disk. */
package uz.koprik.crypto.trust;
