package uz.koprik.indicators.store.elasticsearch;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;

/**
 * One commit: records of the journal that became durable together. Its {@code _id} is its number; the writer that
 * creates it has the number.
 *
 * @param number from 1, without gaps; 0 is the founding of the store and holds no records
 * @param writer which run of which gateway wrote it
 * @param attempt differs from every other attempt to write, so that a writer knows its own when an answer was lost
 * @param previous the attempt that wrote the commit before this: what the writer built upon
 * @param indexed up to which commit the index of entries was complete when this was written
 * @param records how many records all commits hold up to this one
 * @param size of the payload in bytes
 * @param payload the records, one after the other; see {@link RecordPacking}
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never compared
record LogDocument(
        @JsonProperty("number") long number,
        @JsonProperty("writer") String writer,
        @JsonProperty("attempt") String attempt,
        @JsonProperty("previous") String previous,
        @JsonProperty("indexed") long indexed,
        @JsonProperty("records") long records,
        @JsonProperty("size") long size,
        @JsonProperty("payload")
                @JsonSerialize(using = RecordPacking.Packer.class)
                @JsonDeserialize(using = RecordPacking.Unpacker.class)
                byte[] payload) {}
