/**
 * What stores are made of whatever keeps their bytes: records, files of records, and rows over them. A backend stores the
 * records ({@link uz.koprik.indicators.store.journal.Heads}); how drafts are judged, pages are cut and
 * visibility is decided is the same for all, here.
 */
package uz.koprik.indicators.store.journal;
