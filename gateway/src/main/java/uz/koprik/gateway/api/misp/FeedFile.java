package uz.koprik.gateway.api.misp;

/**
 * What a file of the feed is at a moment, without its bytes.
 *
 * @param entityTag changes with the content; quotes included
 * @param lastModified when this centre saw its content change last, in seconds since the epoch
 */
record FeedFile(String entityTag, long lastModified) {}
