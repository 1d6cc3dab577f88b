/** Other people's formats: what STIX says, said in theirs, and back. What cannot be said is listed, never dropped. */
package uz.koprik.indicators.translate;
