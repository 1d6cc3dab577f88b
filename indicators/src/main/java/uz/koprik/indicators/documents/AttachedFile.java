package uz.koprik.indicators.documents;

/**
 * A file inside a document.
 *
 * @param name as the document calls it; empty when it does not
 * @param sha256 of its bytes, hexadecimal
 * @param md5 of its bytes, hexadecimal
 * @param bytes its size
 */
public record AttachedFile(String name, String sha256, String md5, long bytes) {}
